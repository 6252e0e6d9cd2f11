package dev.outdial.server.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A kamailio as registrar and proxy over UDP, TCP and TLS that challenges REGISTER (401) and INVITE (407) with digest. It
 * forwards to who has registered, and the number {@link #FIXED_NUMBER} to a fixed address.
 */
final class Kamailio implements AutoCloseable {
    /** The users that it knows are alice and bob, with the same password. */
    static final String PASSWORD = "correct-horse";

    static final String FIXED_NUMBER = "2000";

    /** What it does otherwise than it is described above. */
    enum Habit {
        /** Its challenges are for SHA-256 alone, which neither sipp nor baresip can answer. */
        SHA_256,
        /** Its nonces are good for two seconds, and registrations for ten. */
        SHORT_NONCES,
        /** It challenges what alice sends within a call, too. */
        CHALLENGES_WITHIN_CALLS
    }

    private final int port;
    private final PeerProcess process;

    private Kamailio(int port, PeerProcess process) {
        this.port = port;
        this.process = process;
    }

    static Kamailio start(Path folder, int fixedCalleePort, Habit... habits) {
        int port = Ports.block(2);
        try (var template = Kamailio.class.getResourceAsStream("/interop/kamailio.cfg")) {
            if (template == null) throw new AssertionError("interop/kamailio.cfg is not among the test resources");
            var home = Files.createTempDirectory(folder, "kamailio");
            var config = new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@PORT@", Integer.toString(port))
                    .replace("@FIXED_NUMBER@", FIXED_NUMBER)
                    .replace("@FIXED_CALLEE@", Ports.HOST + ":" + fixedCalleePort)
                    .replace("@PASSWORD@", PASSWORD)
                    .replace("@TLS_PORT@", Integer.toString(port + 1))
                    .replace("@CERTIFICATE_AND_KEY@", TlsKey.KEY.both().toString());
            var file = Files.writeString(home.resolve("kamailio.cfg"), config);
            // -DD: stay in the foreground; -E: log to standard error; -Y, -w: no folder of the system's is needed.
            var command = new ArrayList<>(List.of(
                    "kamailio",
                    "-DD",
                    "-E",
                    "-m",
                    "32",
                    "-M",
                    "4",
                    "-Y",
                    home.toString(),
                    "-w",
                    home.toString(),
                    "-P",
                    home.resolve("pid").toString(),
                    "-f",
                    file.toString()));
            for (var habit : habits) command.addAll(List.of("-A", habit.name()));
            var process = PeerProcess.start("kamailio", home, command);
            try {
                Readiness.awaitOptions(port, process);
            } catch (RuntimeException | Error e) {
                process.close();
                throw e;
            }
            return new Kamailio(port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** The trunk that a caller named {@code user} dials through. */
    String trunk(String user, String transport) {
        return "sip:" + user + "@" + hop(transport);
    }

    /** Where it is. */
    String hop(String transport) {
        int at = transport.equals("tls") ? port + 1 : port;
        return "127.0.0.1:" + at + ";transport=" + transport;
    }

    /** The certificate to trust. */
    String certificate() {
        return TlsKey.KEY.certificate().toString();
    }

    String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}
