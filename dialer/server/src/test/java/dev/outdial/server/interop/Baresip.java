package dev.outdial.server.interop;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A baresip that answers every call at once, speaks a steady tone, and writes what it hears to a WAV file. It needs no
 * sound card. Its {@code sndfile} filter stands before the playout buffer, and with its jitter buffer off each packet's
 * samples come into the file exactly once, in order.
 */
final class Baresip implements AutoCloseable {
    static final int MEDIA_PORTS = 20;
    static final int TONE_HERTZ = 440;

    /** How it tells of a key's end; it prints one such line a press. */
    private static final Pattern KEY_HEARD = Pattern.compile("received event: '([0-9A-D*#])' \\(end=1\\)");

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final int sipPort;
    private final int firstMediaPort;
    private final int controlPort;
    private final Path recordings;
    private final PeerProcess process;

    private Baresip(int sipPort, int firstMediaPort, int controlPort, Path recordings, PeerProcess process) {
        this.sipPort = sipPort;
        this.firstMediaPort = firstMediaPort;
        this.controlPort = controlPort;
        this.recordings = recordings;
        this.process = process;
    }

    /** A callee that is called at its own address. */
    static Baresip start(Path folder) {
        return startWith(folder, "");
    }

    /** A callee that speaks one codec only, as {@code audio_codecs} names it. */
    static Baresip speaking(Path folder, String codec) {
        return startWith(folder, ";audio_codecs=" + codec);
    }

    /** A callee that is called over TLS, too, at {@link #tlsUri}. */
    static Baresip overTls(Path folder) {
        int sipPort = Ports.block(2);
        var baresip = start(
                folder,
                sipPort,
                "<sip:callee@127.0.0.1:" + sipPort + ">;regint=0",
                "sip_certificate " + TlsKey.KEY.both() + "\n");
        Readiness.awaitOptions(sipPort, baresip.process);
        return baresip;
    }

    /** The same, which takes keys for its media: {@code srtp} where they are offered, {@code srtp-mand} always. */
    static Baresip encrypting(Path folder, String how) {
        return startWith(folder, ";mediaenc=" + how);
    }

    private static Baresip startWith(Path folder, String parameters) {
        int sipPort = Ports.single();
        var baresip = start(folder, sipPort, "<sip:callee@127.0.0.1:" + sipPort + ">;regint=0" + parameters);
        Readiness.awaitOptions(sipPort, baresip.process);
        return baresip;
    }

    /** A callee that has registered as {@code user} and is called through the proxy. */
    static Baresip registered(Path folder, Kamailio proxy, String user) {
        var baresip = start(
                folder,
                Ports.single(),
                "<sip:%s@127.0.0.1:%d>;auth_user=%s;auth_pass=%s;regint=600"
                        .formatted(user, proxy.port(), user, Kamailio.PASSWORD));
        baresip.process.awaitLine("the registration", PATIENCE, line -> line.contains("200 OK"));
        return baresip;
    }

    private static Baresip start(Path folder, int sipPort, String account) {
        return start(folder, sipPort, account, "");
    }

    private static Baresip start(Path folder, int sipPort, String account, String settings) {
        int firstMediaPort = Ports.block(MEDIA_PORTS);
        int controlPort = Ports.single();
        try {
            var home = Files.createTempDirectory(folder, "baresip");
            var recordings = Files.createDirectory(home.resolve("recordings"));
            var tone = home.resolve("tone.wav");
            WavFile.write(tone, new Tones(0.1, TONE_HERTZ).samples(150_000));
            Files.writeString(
                    home.resolve("accounts"),
                    account + ";answermode=auto" + (account.contains("audio_codecs") ? "" : ";audio_codecs=PCMU/8000")
                            + "\n");
            Files.writeString(home.resolve("contacts"), "");
            Files.writeString(
                    home.resolve("config"), settings + config(sipPort, firstMediaPort, controlPort, tone, recordings));
            // baresip's lines would stay in its buffer, since its output is a pipe; stdbuf lets each out at once.
            var process = PeerProcess.start(
                    "baresip", home, List.of("stdbuf", "-oL", "baresip", "-v", "-f", home.toString()));
            var baresip = new Baresip(sipPort, firstMediaPort, controlPort, recordings, process);
            try {
                process.awaitLine("baresip is ready", PATIENCE, line -> line.contains("baresip is ready"));
            } catch (AssertionError e) {
                process.close();
                throw e;
            }
            return baresip;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String config(int sipPort, int firstMediaPort, int controlPort, Path tone, Path recordings) {
        return """
                poll_method epoll
                sip_listen 127.0.0.1:%d
                net_interface 127.0.0.1
                rtp_ports %d-%d
                call_max_calls 4
                audio_source aufile,%s
                audio_player aubridge,nobody
                audio_alert aubridge,nobody
                audio_srate 8000
                audio_channels 1
                ausrc_srate 8000
                ausrc_channels 1
                auplay_srate 8000
                auplay_channels 1
                audio_buffer 20-160
                jitter_buffer_delay 0-0
                snd_path %s
                statmode_default off
                ctrl_tcp_listen 127.0.0.1:%d
                module_path %s
                module g711.so
                module g722.so
                module opus.so
                module aufile.so
                module aubridge.so
                module sndfile.so
                module srtp.so
                module_app account.so
                module_app menu.so
                module_app ctrl_tcp.so
                """.formatted(
                sipPort, firstMediaPort, firstMediaPort + MEDIA_PORTS - 1, tone, recordings, controlPort, modules());
    }

    private static Path modules() {
        for (var place : List.of("/usr/lib/baresip/modules", "/usr/local/lib/baresip/modules")) {
            if (Files.isDirectory(Path.of(place))) return Path.of(place);
        }
        throw new AssertionError("baresip's modules are not installed (Debian: baresip-core)");
    }

    int sipPort() {
        return sipPort;
    }

    int firstMediaPort() {
        return firstMediaPort;
    }

    /** How it is called without a proxy. */
    String uri() {
        return "sip:callee@127.0.0.1:" + sipPort;
    }

    /** The same over TLS, for which it takes the next port. */
    String tlsUri() {
        return "sip:callee@127.0.0.1:" + (sipPort + 1) + ";transport=tls";
    }

    void awaitCall() {
        process.awaitLine("a call", Duration.ofSeconds(90), line -> line.contains("Call established"));
    }

    void awaitEndOfCall() {
        process.awaitLine(
                "the call's end",
                Duration.ofSeconds(60),
                line -> line.contains("terminated (duration") || line.contains(": session closed:"));
    }

    /** Presses keys in the call that is up: RFC 4733, each about a quarter of a second. */
    void press(String keys) {
        command("sndcode", keys);
    }

    /** Calls a SIP URI. */
    void dial(String uri) {
        command("dial", uri);
    }

    /** Puts the call that is up on hold. */
    void hold() {
        command("hold", "");
    }

    /** Takes it off hold. */
    void resume() {
        command("resume", "");
    }

    /** Ends the call that is up. */
    void hangUp() {
        command("hangup", "");
    }

    private void command(String name, String parameters) {
        try (var control = new Socket(Ports.LOOPBACK, controlPort)) {
            control.setSoTimeout((int) PATIENCE.toMillis());
            var command = new ObjectMapper().writeValueAsBytes(Map.of("command", name, "params", parameters));
            // A netstring: the length, a colon, the JSON, a comma.
            var head = (command.length + ":").getBytes(StandardCharsets.US_ASCII);
            var message = new byte[head.length + command.length + 1];
            System.arraycopy(head, 0, message, 0, head.length);
            System.arraycopy(command, 0, message, head.length, command.length);
            message[message.length - 1] = ',';
            control.getOutputStream().write(message);
            control.getOutputStream().flush();
            var response = new StringBuilder();
            while (response.indexOf("\"response\":true") < 0) {
                int next = control.getInputStream().read();
                if (next < 0) throw new AssertionError("baresip's control port closed after " + response);
                response.append((char) next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys that baresip says it heard, in order. */
    String keysHeard() {
        var keys = new StringBuilder();
        for (var line : process.lines()) {
            var match = KEY_HEARD.matcher(line);
            if (match.find()) keys.append(match.group(1));
        }
        return keys.toString();
    }

    /** What it has heard in its only call, as 8 kHz mono; ends baresip so that the file is whole. */
    short[] recording() {
        process.close();
        try (var files = Files.list(recordings)) {
            var heard =
                    files.filter(file -> file.toString().endsWith("-dec.wav")).toList();
            if (heard.size() != 1) throw new AssertionError("recordings: " + heard + "\n" + process.log());
            return WavFile.read(heard.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}
