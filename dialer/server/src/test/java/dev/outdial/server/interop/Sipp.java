package dev.outdial.server.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A sipp that goes through one scenario of ours, for one call, and says whether it went as written. */
final class Sipp implements AutoCloseable {
    static final int MEDIA_PORTS = 8;

    /** What the scenario {@code answers-and-presses} presses, with the payload type that its answer names. */
    static final String KEYS = "59#0";

    private static final int TELEPHONE_EVENT = 101;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
        int mediaPort = Ports.block(MEDIA_PORTS);
        try (var text = Sipp.class.getResourceAsStream("/interop/" + scenario + ".xml")) {
            if (text == null) throw new AssertionError("interop/" + scenario + ".xml is not among the test resources");
            var home = Files.createTempDirectory(folder, "sipp");
            Files.copy(text, home.resolve("scenario.xml"));
            for (var file : files) Files.copy(file, home.resolve(file.getFileName()));
            var command = new ArrayList<>(List.of(
                    "sipp",
                    "-sf",
                    "scenario.xml",
                    "-m",
                    "1",
                    "-i",
                    Ports.HOST,
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

    /** Waits for the scenario's end; an {@link AssertionError} with all the messages when it went otherwise than written. */
    void awaitScenario() {
        int status = process.awaitExit(PATIENCE.plusSeconds(5));
        if (status != 0) throw new AssertionError("sipp ended with " + status + "\n" + log());
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
