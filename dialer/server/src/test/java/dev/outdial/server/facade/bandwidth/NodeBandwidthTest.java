package dev.outdial.server.facade.bandwidth;

import static dev.outdial.server.facade.bandwidth.CatapultBench.callees;
import static dev.outdial.server.facade.bandwidth.CatapultBench.persona;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real client, as its makers published it: node-bandwidth 2.6.5 of npm. Skipped, and says so, where npm or its registry is away. */
@Tag("interop")
@Timeout(300)
class NodeBandwidthTest {
    private static final String CLIENT = "node-bandwidth@2.6.5";
    private static final String NUMBER = "15550100601";

    private record Ran(int status, String output) {}

    private static Ran run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output-" + command.getFirst() + ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean isOver = process.waitFor(180, TimeUnit.SECONDS);
        if (!isOver) process.destroyForcibly();
        return new Ran(isOver ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
    }

    private static void install(Path folder) throws InterruptedException {
        try {
            Ran installed = run(folder, List.of("npm", "install", CLIENT, "--no-audit", "--no-fund"));
            if (installed.status() == 0) return;
            // It was reached, and has no such client: that is a fault of this test.
            assertThat(installed.output()).doesNotContain("ETARGET", "E404");
        } catch (IOException missing) {
            // told of below
        }
        String why = CLIENT + " is not tested: npm or its registry cannot be reached";
        System.out.println(why);
        abort(why);
    }

    @Test
    @DisplayName("node-bandwidth makes a call, plays, stops, hangs up and lists")
    void theRealClient(@TempDir Path folder, @TempDir Path server) throws Exception {
        install(folder);
        Path script = folder.resolve("script.js");
        try (var source = Objects.requireNonNull(NodeBandwidthTest.class.getResourceAsStream("node-bandwidth.js"))) {
            Files.write(script, source.readAllBytes());
        }
        try (var catapult = new CatapultBench(server, callees(NUMBER, persona(new Step.Answer())))) {
            Ran ran = run(
                    folder,
                    List.of(
                            "node",
                            script.toString(),
                            catapult.bench.url(),
                            "u-1",
                            "t-token",
                            "s-secret",
                            CatapultBench.FROM,
                            "+" + NUMBER,
                            catapult.bench.sink("/" + NUMBER, 200),
                            catapult.sound("/long.wav")));

            assertThat(ran.status()).as(ran.output()).isZero();
            assertThat(ran.output())
                    .containsPattern("created c-[a-z0-9]{24}\n")
                    .contains("refused 403", "charged 60")
                    .containsPattern("listed c-[a-z0-9]{24} completed\n")
                    .contains("events create,answer,playback,playback,hangup");
            assertThat(FacadeBench.millisOf(CatapultBench.LONG_HERTZ, catapult.ended(NUMBER)))
                    .isGreaterThan(300);
            assertThat(catapult.types(NUMBER)).containsExactly("answer", "playback started", "playback done", "hangup");
        }
    }
}
