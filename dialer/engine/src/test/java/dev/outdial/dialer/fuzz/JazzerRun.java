package dev.outdial.dialer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Fuzzing that is led by coverage, in a JVM of its own: Jazzer's agent and native driver stay out of this one. The property {@code
 * outdial.fuzz.seconds} says how long, 12 s where nobody does.
 */
public final class JazzerRun {
    private static final int SECONDS = Integer.getInteger("outdial.fuzz.seconds", 12);
    private static final int SHORT_SECONDS = 5;

    private JazzerRun() {}

    /**
     * Fails where Jazzer finds something.
     *
     * @param target has {@code fuzzerTestOneInput(byte[])}
     * @param seeds genuine inputs
     * @param folder an empty one
     * @param instrumented the classes whose coverage leads it
     */
    public static void findsNothing(Class<?> target, List<byte[]> seeds, Path folder, int maxBytes, String instrumented)
            throws IOException, InterruptedException {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        for (int i = 0; i < seeds.size(); i++) Files.write(corpus.resolve("seed" + i), seeds.get(i));
        Path log = folder.resolve("log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED"));
        // Most of a short run is its start, which the second compiler makes longer.
        if (SECONDS < SHORT_SECONDS) command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Jazzer.class.getName()));
        command.add("--target_class=" + target.getName());
        command.add("--instrumentation_includes=" + instrumented);
        // The first input waits until all classes are instrumented.
        command.addAll(List.of("-max_total_time=" + SECONDS, "-max_len=" + maxBytes, "-timeout=60"));
        // The heap has its limit above; what the process takes besides is the machine's affair.
        command.addAll(List.of("-rss_limit_mb=0", corpus.toString()));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS + 120L, TimeUnit.SECONDS);
        if (!ended) process.destroyForcibly();
        String said = Files.readString(log);
        System.out.println(target.getSimpleName() + ": "
                + said.lines()
                        .filter(line -> line.startsWith("Done "))
                        .findFirst()
                        .orElse("not done"));
        assertThat(ended && process.exitValue() == 0).as(end(said)).isTrue();
        assertThat(said).contains("Done ");
    }

    /** The last of what it said, without the hundreds of classes that it names first. */
    private static String end(String said) {
        List<String> lines = said.lines()
                .filter(line -> !line.startsWith("INFO: Instrumented "))
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }
}
