package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGTERM, which only a process of its own can be sent. */
@Tag("slow")
@Timeout(60)
class SignalTest {
    @ParameterizedTest
    @CsvSource({"1003, ringing, canceled, > CANCEL", "1001, answered, completed, > BYE"})
    void aCallThatIsToldToEndLeavesNoPhoneRingingAndNobodyOnTheLine(
            String number, String moment, String outcome, String request) throws Exception {
        try (LoopbackTrunk trunk =
                LoopbackTrunk.builder().user("alice", "wonderland").start()) {
            Process process = start(
                    "call",
                    number,
                    "--json",
                    "--hold",
                    "1m",
                    "--trunk",
                    "sip:alice@127.0.0.1:" + trunk.port(),
                    "--password",
                    "wonderland");
            try {
                awaitLine(process, moment);
                // Process.destroy would close the streams, too.
                process.toHandle().destroy();

                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(14);
                var json = new ObjectMapper().readTree(process.getInputStream().readAllBytes());
                assertThat(json.get("outcome").asText()).isEqualTo(outcome);
                assertThat(trunk.awaitEnd(json.get("callId").asText(), Duration.ofSeconds(5))
                                .orElseThrow()
                                .glance())
                        .contains(request);
                assertThat(trunk.isRegistered("alice")).isFalse();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void aBenchThatIsToldToEndLeavesNoProcessAndNoFileAndSaysWhatThereIs(@TempDir Path folder) throws Exception {
        Process process = startJava(
                List.of("-Djava.io.tmpdir=" + folder), "bench", "--quick", "--scenario", "200-two-way", "--json");
        try {
            awaitLine(process, "run 1 of 1");
            List<ProcessHandle> children = awaitChildren(process);
            process.toHandle().destroy();

            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(14);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(folder.toFile().list((where, name) -> name.startsWith("outdial-bench")))
                    .isEmpty();
            var json = new ObjectMapper().readTree(process.getInputStream().readAllBytes());
            assertThat(json.get("complete").asBoolean()).isFalse();
            assertThat(json.get("scenarios")).isEmpty();
            assertThat(process.errorReader().lines()).noneMatch(line -> line.contains("broke off"));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static List<ProcessHandle> awaitChildren(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        while (children.isEmpty() && process.isAlive()) {
            Thread.onSpinWait();
            children = process.descendants().toList();
        }
        return children;
    }

    private static Process start(String... arguments) throws IOException {
        return startJava(List.of(), arguments);
    }

    private static Process startJava(List<String> flags, String... arguments) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.outdial.server.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static void awaitLine(Process process, String word) throws IOException {
        BufferedReader lines = process.errorReader();
        var said = new ArrayList<String>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.contains(word)) {
                return;
            }
        }
        throw new AssertionError("never said '" + word + "': " + said);
    }
}
