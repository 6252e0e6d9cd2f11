package dev.outdial.media.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fuzzing that is led by coverage, each target in a JVM of its own: Jazzer's agent and native driver stay out of this one. The
 * property {@code outdial.fuzz.seconds} says how long, 12 s each.
 */
@Tag("slow")
class JazzerTest {
    private static final int SECONDS = Integer.getInteger("outdial.fuzz.seconds", 12);
    private static final int SHORT_SECONDS = 5;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void jazzerFindsNothing(Target target) throws IOException, InterruptedException {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        for (int i = 0; i < target.seeds.size(); i++) Files.write(corpus.resolve("seed" + i), target.seeds.get(i));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command(target, corpus))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS + 120L, TimeUnit.SECONDS);
        if (!ended) process.destroyForcibly();
        String said = Files.readString(log);
        System.out.println(target + ": " + summary(said));
        assertThat(ended && process.exitValue() == 0).as(end(said)).isTrue();
        assertThat(said).contains("Done ");
    }

    private static List<String> command(Target target, Path corpus) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED"));
        // Most of a short run is its start, which the second compiler makes longer.
        if (SECONDS < SHORT_SECONDS) command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Jazzer.class.getName()));
        command.add("--target_class=" + target.type.getName());
        command.add("--instrumentation_includes=dev.outdial.**");
        command.add("-max_total_time=" + SECONDS);
        command.add("-max_len=4096");
        // The first input waits until all classes are instrumented; how long one may take is what FuzzTest measures.
        command.add("-timeout=60");
        // The heap has its limit above; what the process takes besides is the machine's affair.
        command.add("-rss_limit_mb=0");
        command.add(corpus.toString());
        return command;
    }

    /** The last of what it said, without the hundreds of classes that it names first. */
    private static String end(String said) {
        List<String> lines = said.lines()
                .filter(line -> !line.startsWith("INFO: Instrumented "))
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /** Its last word: how many inputs it tried. */
    private static String summary(String said) {
        return said.lines().filter(line -> line.startsWith("Done ")).findFirst().orElse("not done");
    }
}
