package dev.outdial.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacesFuzzTest {
    private static final int SECONDS = Integer.getInteger("outdial.fuzz.seconds", 20);

    @TempDir
    private Path folder;

    @Test
    void theSeedsAreGenuine() {
        for (String seed : ReplacesTarget.SEEDS) {
            assertThat(Replaces.parse(seed)).as(seed).isPresent();
            ReplacesTarget.fuzzerTestOneInput(seed.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Tag("slow")
    @Test
    void jazzerFindsNothing() throws IOException, InterruptedException {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        for (int i = 0; i < ReplacesTarget.SEEDS.size(); i++)
            Files.writeString(corpus.resolve("seed" + i), ReplacesTarget.SEEDS.get(i));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Jazzer.class.getName(),
                        "--target_class=" + ReplacesTarget.class.getName(),
                        "--instrumentation_includes=dev.outdial.**",
                        "-max_total_time=" + SECONDS,
                        "-max_len=1024",
                        "-timeout=30",
                        "-rss_limit_mb=2048",
                        corpus.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS + 120L, TimeUnit.SECONDS);
        if (!ended) process.destroyForcibly();
        String said = Files.readString(log);
        assertThat(ended && process.exitValue() == 0).as(said).isTrue();
        assertThat(said).contains("Done ");
    }
}
