package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code outdial serve} as a process of its own, which is told to end by SIGTERM. */
@Tag("slow")
// Who reads what a process says cannot be interrupted.
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeProcessTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final List<Process> started = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.outdial.server.Main",
                "serve"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("log-" + started.size()).toFile());
        builder.environment().putAll(Map.of("OUTDIAL_LOG_FORMAT", "json", "OUTDIAL_LOG_LEVEL", "debug"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static List<String> until(BufferedReader out, String word) throws IOException {
        var said = new ArrayList<String>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            if (line.startsWith(word)) return said;
        }
        throw new AssertionError("never said '" + word + "': " + said);
    }

    @Test
    void thePrintedCommandPlacesACallAndTheSecondSignalEndsItAtOnce() throws Exception {
        Process process = start("--port", "0");
        try {
            BufferedReader out = process.inputReader();
            List<String> said = until(out, "ready ");
            String curl = said.stream()
                    .filter(line -> line.startsWith("  curl "))
                    .findFirst()
                    .orElseThrow()
                    // Nothing is said and nobody hangs up: the call goes on until we end.
                    .replace(", \"say\": \"Hello.\"", "");
            Process placed = new ProcessBuilder("sh", "-c", curl).start();
            String answer = new String(placed.getInputStream().readAllBytes());
            assertThat(placed.waitFor()).isZero();
            assertThat(answer).contains("\"status\":\"queued\"");
            String call = answer.replaceAll("^\\{\"id\":\"([^\"]+).*", "$1");
            String get = curl.replaceAll("/calls -H", "/calls/" + call + " -H").replaceAll(" -d .*", "");
            String seen = "";
            while (!seen.contains("\"status\":\"progressing\"")) {
                seen = new String(new ProcessBuilder("sh", "-c", get)
                        .start()
                        .getInputStream()
                        .readAllBytes());
            }

            long beforeNanos = System.nanoTime();
            process.toHandle().destroy();
            List<String> unused = until(out, "no new calls are taken");
            process.toHandle().destroy();

            assertThat(until(out, "ended")).isNotEmpty();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            // The usual 30 s were not waited for.
            assertThat(System.nanoTime() - beforeNanos).isLessThan(TimeUnit.SECONDS.toNanos(20));
            assertThat(loggersOf(call)).contains("dev.outdial.sip.InviteRunner", "dev.outdial.dialer.call.CallRunner");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Who wrote lines on behalf of a call. Each line of the log is an object. */
    private List<String> loggersOf(String call) throws IOException {
        var loggers = new ArrayList<String>();
        for (String line : Files.readAllLines(folder.resolve("log-0"))) {
            JsonNode read = JSON.readTree(line);
            assertThat(read.path("formattedMessage").isTextual()).as(line).isTrue();
            if (read.path("mdc").path("call").asText().equals(call)) {
                loggers.add(read.path("loggerName").asText());
            }
        }
        return loggers;
    }

    /** As under nohup: then the process that is started here ignores it too, and would be waited for in vain. */
    private static boolean isHangUpIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return false;
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                return (Long.parseUnsignedLong(
                                        line.substring("SigIgn:".length()).strip(), 16)
                                & 1)
                        != 0;
            }
        }
        return false;
    }

    @Test
    void theHangUpSignalHasTheFileReadAgain() throws Exception {
        assumeFalse(isHangUpIgnored(), "SIGHUP is ignored here");
        Path file = Files.writeString(folder.resolve("outdial.yaml"), """
                http: {port: 0}
                sip: {host: 127.0.0.1, port: 0}
                """);
        Process process = start("--config", file.toString());
        try {
            BufferedReader out = process.inputReader();
            List<String> unused = until(out, "ready ");
            Files.writeString(file, """
                    http: {port: 0, burst: 7}
                    sip: {host: 127.0.0.1, port: 0}
                    trunks: [{name: carrier, host: 127.0.0.1, register: false}]
                    """);

            hangUp(process);
            assertThat(until(out, "needs a restart"))
                    .containsExactly("trunks added: carrier", "needs a restart: http.burst");

            Files.writeString(file, "htp: {port: 0}\n");
            hangUp(process);
            assertThat(until(out, "  "))
                    .last()
                    .asString()
                    .contains("outdial.yaml line 1: there is no setting 'htp' (did you mean 'http'?)");
        } finally {
            process.toHandle().destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void hangUp(Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void twoProcessesDoNotShareAFile() throws Exception {
        Process first = start("--port", "0");
        try {
            List<String> unused = until(first.inputReader(), "ready ");
            Process second = start("--port", "0");
            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(64);
        } finally {
            first.toHandle().destroy();
            assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
