package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls through a kamailio that wants a password for the registration and for the call. */
@Tag("interop")
class KamailioCallTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void aFileIsHeardWholeByABaresipBehindTheProxy(String transport) throws IOException {
        var file = Prompt.WELCOME_MP3.copyTo(folder);
        try (var proxy = Kamailio.start(folder, Ports.single());
                var baresip = Baresip.registered(folder, proxy, "bob");
                var capture = Capture.start(
                        folder, baresip.firstMediaPort(), Baresip.MEDIA_PORTS, proxy.port(), baresip.sipPort());
                var outdial = Outdial.callWithPassword(
                        folder,
                        Kamailio.PASSWORD,
                        "bob",
                        "--trunk",
                        proxy.trunk("alice", transport),
                        "--user",
                        "alice",
                        "--play",
                        file.toString())) {
            baresip.awaitCall();
            baresip.press("7");
            var result = outdial.awaitResult();
            baresip.awaitEndOfCall();
            capture.stop();

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(result.text("outcome")).isEqualTo("completed");
            assertThat(result.text("digits")).isEqualTo("7");
            assertThat(result.toString()).doesNotContain(Kamailio.PASSWORD);
            assertThat(capture.sipNames()).as(capture.toString()).contains("401", "407", "BYE");
            assertThat(capture.sip()).as(capture.toString()).anyMatch(m -> unregisters(m.content()));

            var sound = Ffmpeg.decode(file);
            Verdict.isWhole("welcome.mp3 over " + transport + " recorded by baresip", sound, baresip.recording());
            Verdict.isOrderly(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void keysOfASippBehindTheProxyAreReportedOnceEach(String transport) {
        int calleePort = Ports.single();
        try (var callee = Sipp.callee(folder, "answers-and-presses", calleePort);
                var proxy = Kamailio.start(folder, calleePort);
                var outdial = Outdial.callWithPassword(
                        folder,
                        Kamailio.PASSWORD,
                        Kamailio.FIXED_NUMBER,
                        "--trunk",
                        proxy.trunk("alice", transport),
                        "--user",
                        "alice",
                        "--no-register",
                        "--collect",
                        Integer.toString(Sipp.KEYS.length()))) {
            var result = outdial.awaitResult();
            callee.awaitScenario();

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(result.text("digits")).isEqualTo(Sipp.KEYS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void aWrongPasswordFailsWithOneClearSentence(String transport) {
        try (var proxy = Kamailio.start(folder, Ports.single());
                var capture = Capture.start(folder, Ports.single(), 1, proxy.port());
                var outdial = Outdial.callWithPassword(
                        folder,
                        "wrong-horse",
                        Kamailio.FIXED_NUMBER,
                        "--trunk",
                        proxy.trunk("alice", transport),
                        "--user",
                        "alice")) {
            var result = outdial.awaitResult();
            capture.stop();

            assertThat(result.exitStatus()).as(result.toString()).isEqualTo(13);
            assertThat(result.text("outcome")).isEqualTo("failed");
            assertThat(result.errors())
                    .as(result.toString())
                    .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("password"))
                    .noneMatch(line -> line.contains("\tat ") || line.contains("Exception"));
            assertThat(result.toString()).doesNotContain("wrong-horse");
            // The digest is answered at most twice, and then it is given up: no storm of guesses at the trunk.
            assertThat(capture.sipNames().stream().filter("REGISTER"::equals))
                    .as(capture.toString())
                    .hasSizeBetween(2, 3);
        }
    }

    @Test
    void sigtermWhileItRingsCancelsAndUnregisters() {
        int calleePort = Ports.single();
        try (var callee = Sipp.callee(folder, "never-answers", calleePort);
                var proxy = Kamailio.start(folder, calleePort);
                var capture = Capture.start(folder, callee.mediaPort(), Sipp.MEDIA_PORTS, proxy.port(), calleePort);
                var outdial = Outdial.callWithPassword(
                        folder,
                        Kamailio.PASSWORD,
                        Kamailio.FIXED_NUMBER,
                        "--trunk",
                        proxy.trunk("alice", "udp"),
                        "--user",
                        "alice")) {
            outdial.awaitRinging();
            outdial.terminate();
            callee.awaitScenario();
            var result = outdial.awaitResult();
            capture.stop();

            assertThat(result.exitStatus()).as(result.toString()).isEqualTo(14);
            assertThat(result.text("outcome")).isEqualTo("canceled");
            assertThat(capture.sip())
                    .as(capture.toString())
                    .anyMatch(m -> m.content().isRequest("CANCEL") && m.destinationPort() == calleePort)
                    .anyMatch(m -> unregisters(m.content()));
        }
    }

    /** RFC 3261 10.2.2: a REGISTER that asks for zero seconds takes the binding away. */
    private static boolean unregisters(SipMessage message) {
        var asked = message.contact()
                .flatMap(contact -> contact.parameters().value("expires"))
                .or(() -> message.header("Expires"));
        return message.isRequest("REGISTER") && asked.equals(Optional.of("0"));
    }
}
