package dev.outdial.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a decode holds does not grow with the sound. */
@Tag("slow")
class DecodeMemoryTest {
    private static final long MAX_BYTES = 16 << 20;

    @TempDir
    private Path folder;

    /** A quarter of a second each time. */
    @ParameterizedTest
    @CsvSource({"no-tag.mp3, 2000", "vorbis.ogg, 2000", "celt-stereo.opus, 400"})
    void minutesOfSoundTakeNoMoreThanAMoment(String name, int times) throws IOException {
        Path file = folder.resolve(name);
        byte[] once = Samples.bytes(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < times; i++) out.write(once);
        }
        Sounds.read(Files.write(folder.resolve("once"), once));
        long before = usedBytes();
        long most = 0;
        long count = 0;
        try (PcmSource source = AudioFiles.open(file)) {
            float[] samples = new float[4096];
            long step = times / 4L * source.sampleRate() / 10;
            long next = step;
            for (int n; (n = source.read(samples, 0, samples.length)) >= 0; ) {
                count += n;
                if (count < next) continue;
                next += step;
                most = Math.max(most, usedBytes() - before);
            }
            assertThat(count).isGreaterThanOrEqualTo(10 * step);
        }
        System.out.println(name + ": at most " + most + " bytes");
        assertThat(most).isLessThan(MAX_BYTES);
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
