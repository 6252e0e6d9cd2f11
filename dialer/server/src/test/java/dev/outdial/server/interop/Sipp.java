package dev.outdial.server.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A sipp that goes through one scenario of ours, for one call, and says whether it went as written. */
final class Sipp implements AutoCloseable {
    static final int MEDIA_PORTS = 8;

    /** What the scenario {@code answers-and-presses} presses, with the payload type that its answer names. */
    static final String KEYS = "59#0";

    private static final int TELEPHONE_EVENT = 101;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** For a script: its steps follow one another closely, apart from the pauses that it makes itself. */
    private static final Duration PATIENCE_WITH_SCRIPT = Duration.ofSeconds(20);

    private final int sipPort;
    private final int mediaPort;
    private final Path home;
    private final PeerProcess process;

    private Sipp(int sipPort, int mediaPort, Path home, PeerProcess process) {
        this.sipPort = sipPort;
        this.mediaPort = mediaPort;
        this.home = home;
        this.process = process;
    }

    /** Waits for a call and treats it as the scenario {@code interop/NAME.xml} says. */
    static Sipp callee(Path folder, String scenario) {
        return callee(folder, scenario, Ports.single());
    }

    static Sipp callee(Path folder, String scenario, int sipPort, String... more) {
        var keys = KeyPressPcap.write(folder.resolve("keys.pcap"), KEYS, TELEPHONE_EVENT);
        var sipp = start(folder, scenario, sipPort, List.of(keys), List.of(more));
        Readiness.awaitUdpBound(sipPort, sipp.process);
        return sipp;
    }

    /** Waits for a call and treats it as the script says. */
    static Sipp callee(Path folder, SippScript script, String... more) {
        return callee(folder, script, Ports.single(), more);
    }

    static Sipp callee(Path folder, SippScript script, int sipPort, String... more) {
        var sipp = startScript(folder, script, Ports.HOST, sipPort, List.of(more));
        if (List.of(more).contains("t1")) {
            Readiness.awaitTcpBound(sipPort, sipp.process);
        } else {
            Readiness.awaitUdpBound(sipPort, sipp.process);
        }
        return sipp;
    }

    /** Waits for so many calls and treats each as the script says; keeps no messages. */
    static Sipp calleeOfMany(Path folder, SippScript script, int calls) {
        return callee(folder, script, "-m", Integer.toString(calls), "-message_file", "/dev/null", "-timeout", "180s");
    }

    /** Calls {@code user} at {@code 127.0.0.1:port} from {@code sipPort} and goes on as the script says. */
    static Sipp caller(Path folder, SippScript script, String user, int port, int sipPort, String... more) {
        return caller(folder, script, user, port, Ports.HOST, sipPort, more);
    }

    /** The same from an address that may be another one than {@link Ports#HOST}. */
    static Sipp caller(
            Path folder, SippScript script, String user, int port, String address, int sipPort, String... more) {
        var options = new ArrayList<>(List.of(Ports.HOST + ":" + port, "-s", user));
        options.addAll(List.of(more));
        return startScript(folder, script, address, sipPort, options);
    }

    /** Calls {@code user} at {@code 127.0.0.1:port} and goes on as the scenario {@code interop/NAME.xml} says. */
    static Sipp caller(Path folder, String scenario, String user, int port, String... more) {
        var options = new ArrayList<>(List.of(Ports.HOST + ":" + port, "-s", user));
        options.addAll(List.of(more));
        return start(folder, scenario, Ports.single(), List.of(), options);
    }

    /** Calls as {@link #caller} does, with a scenario that streams the mu-law file {@code speech} by its bare name. */
    static Sipp speaker(Path folder, String scenario, Path speech, String user, int port) {
        var options = List.of(Ports.HOST + ":" + port, "-s", user);
        return start(folder, scenario, Ports.single(), List.of(speech), options);
    }

    private static Sipp start(Path folder, String scenario, int sipPort, List<Path> files, List<String> more) {
        try (var text = Sipp.class.getResourceAsStream("/interop/" + scenario + ".xml")) {
            if (text == null) throw new AssertionError("interop/" + scenario + ".xml is not among the test resources");
            return start(folder, text.readAllBytes(), Ports.HOST, sipPort, files, more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sipp startScript(Path folder, SippScript script, String address, int sipPort, List<String> options) {
        var more = new ArrayList<>(
                List.of("-timeout", PATIENCE_WITH_SCRIPT.plus(script.longWait()).toSeconds() + "s"));
        more.addAll(options);
        return start(folder, script.xml().getBytes(StandardCharsets.UTF_8), address, sipPort, List.of(), more);
    }

    private static Sipp start(
            Path folder, byte[] scenario, String address, int sipPort, List<Path> files, List<String> more) {
        int mediaPort = Ports.block(MEDIA_PORTS);
        try {
            var home = Files.createTempDirectory(folder, "sipp");
            Files.write(home.resolve("scenario.xml"), scenario);
            for (var file : files) Files.copy(file, home.resolve(file.getFileName()));
            var command = new ArrayList<>(List.of(
                    "sipp",
                    "-sf",
                    "scenario.xml",
                    "-m",
                    "1",
                    "-i",
                    address,
                    "-bind_local",
                    "-p",
                    Integer.toString(sipPort),
                    "-mi",
                    Ports.HOST,
                    "-mp",
                    Integer.toString(mediaPort),
                    "-nostdin",
                    "-timer_resol",
                    "5",
                    "-timeout",
                    PATIENCE.toSeconds() + "s",
                    "-timeout_error",
                    "-skip_rlimit",
                    "-trace_err",
                    "-error_file",
                    "errors.log",
                    "-trace_msg",
                    "-message_file",
                    "messages.log"));
            command.addAll(more);
            return new Sipp(sipPort, mediaPort, home, PeerProcess.start("sipp", home, command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int sipPort() {
        return sipPort;
    }

    int mediaPort() {
        return mediaPort;
    }

    String uri() {
        return "sip:callee@127.0.0.1:" + sipPort;
    }

    /** How many messages with this first line it has received, repetitions included. */
    long received(String firstLine) {
        return Pattern.compile("message received[^\\n]*\\n\\n" + Pattern.quote(firstLine))
                .matcher(read("messages.log"))
                .results()
                .count();
    }

    /** Waits for the scenario's end; an {@link AssertionError} with all the messages when it went otherwise than written. */
    void awaitScenario() {
        awaitScenario("");
    }

    /** The same, what the other side says being part of the error. */
    void awaitScenario(Object otherSide) {
        int status = process.awaitExit(PATIENCE.plusSeconds(5));
        if (status != 0) throw new AssertionError("sipp ended with " + status + "\n" + otherSide + "\n" + log());
    }

    /** What sipp has sent and received, and what it did not like. */
    String log() {
        return "---- sipp errors:\n" + read("errors.log") + "\n---- sipp messages:\n" + read("messages.log") + "\n---- "
                + lastScreen();
    }

    private String read(String file) {
        try {
            return Files.exists(home.resolve(file)) ? Files.readString(home.resolve(file)) : "(none)";
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    private String lastScreen() {
        var lines = process.lines();
        return "last printed:\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    @Override
    public void close() {
        process.close();
    }
}
