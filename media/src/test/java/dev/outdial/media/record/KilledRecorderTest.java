package dev.outdial.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.file.AudioFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A recording whose program is killed at any moment is a whole file, up to the last write. */
@Tag("slow")
@Timeout(120)
class KilledRecorderTest {
    private static final int KILLS = 8;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(RecordingOptions.Format.class)
    void whatIsLeftIsAWholeFile(RecordingOptions.Format format) throws Exception {
        var random = new Random(format.ordinal());
        for (int kill = 0; kill < KILLS; kill++) {
            Path file = folder.resolve(kill + ".wav");
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-Xshare:auto",
                            "-XX:TieredStopAtLevel=1",
                            KilledRecorder.class.getName(),
                            file.toString(),
                            format.name())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(program.inputReader().readLine()).isEqualTo("recording");
            while (!Files.exists(file) || Files.size(file) < 4096) Thread.onSpinWait();
            assertThat(program.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS))
                    .isFalse();
            program.destroyForcibly().waitFor();
            assertWhole(file);
        }
    }

    private static void assertWhole(Path file) throws Exception {
        long frames = 0;
        var samples = new float[1600];
        try (var source = AudioFiles.open(file)) {
            assertThat(source.sampleRate()).isEqualTo(8000);
            for (int n; (n = source.read(samples, 0, samples.length)) > 0; ) frames += n;
        }
        // Of what is in the file at most one write is not told of by its header.
        assertThat(frames).isPositive().isLessThanOrEqualTo(Files.size(file));
    }
}
