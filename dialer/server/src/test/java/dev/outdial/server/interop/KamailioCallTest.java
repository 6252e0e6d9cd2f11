package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @CsvSource({"udp,", "tcp, SHA_256", "tls, SHA_256"})
    void keysOfASippBehindTheProxyAreReportedOnceEach(String transport, Kamailio.@Nullable Habit habit) {
        int calleePort = Ports.single();
        var habits = habit == null ? new Kamailio.Habit[0] : new Kamailio.Habit[] {habit};
        try (var callee = Sipp.callee(folder, "answers-and-presses", calleePort);
                var proxy = Kamailio.start(folder, calleePort, habits);
                var outdial = LocalOutdial.call(
                        Kamailio.FIXED_NUMBER,
                        "--trunk",
                        proxy.trunk("alice", transport),
                        "--tls-trust",
                        proxy.certificate(),
                        "--user",
                        "alice",
                        "--password",
                        Kamailio.PASSWORD,
                        "--collect",
                        Integer.toString(Sipp.KEYS.length()))) {
            var result = outdial.awaitResult();
            callee.awaitScenario(outdial);

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(result.text("digits")).isEqualTo(Sipp.KEYS);
        }
    }

    /** The trunk's host is in no name server. */
    @ParameterizedTest
    @ValueSource(strings = {"udp", "tls"})
    void aTrunkIsReachedThroughTheProxyAlone(String transport) {
        int calleePort = Ports.single();
        try (var callee = Sipp.callee(folder, "answers-and-presses", calleePort);
                var proxy = Kamailio.start(folder, calleePort);
                var outdial = LocalOutdial.call(
                        Kamailio.FIXED_NUMBER,
                        "--trunk",
                        "sip:alice@carrier.invalid",
                        "--outbound-proxy",
                        proxy.hop(transport),
                        "--tls-trust",
                        proxy.certificate(),
                        "--user",
                        "alice",
                        "--password",
                        Kamailio.PASSWORD,
                        "--collect",
                        Integer.toString(Sipp.KEYS.length()))) {
            var result = outdial.awaitResult();
            callee.awaitScenario(outdial);

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(result.text("digits")).isEqualTo(Sipp.KEYS);
        }
    }

    /** Nonces are good for two seconds here, and registrations for ten; nothing lasts as long as its nonce. */
    @Test
    void aRegistrationAndACallOutliveTheirNonces() {
        int calleePort = Ports.single();
        var script = SippScript.called()
                .answer()
                .expect("INVITE", "a=(sendonly|inactive)")
                .reply("200 OK", SippBody.sdp(2, "a=recvonly"))
                .expect("ACK")
                .expect("INVITE")
                .reply("200 OK", SippBody.sdp(3))
                .expect("ACK")
                .untilBye();
        try (var callee = Sipp.callee(folder, script, calleePort);
                var proxy = Kamailio.start(
                        folder,
                        calleePort,
                        Kamailio.Habit.SHA_256,
                        Kamailio.Habit.SHORT_NONCES,
                        Kamailio.Habit.CHALLENGES_WITHIN_CALLS);
                var capture = Capture.start(folder, callee.mediaPort(), Sipp.MEDIA_PORTS, proxy.port());
                var outdial = LocalOutdial.call(
                        Kamailio.FIXED_NUMBER,
                        "--trunk",
                        proxy.trunk("alice", "udp"),
                        "--user",
                        "alice",
                        "--password",
                        Kamailio.PASSWORD,
                        "--collect",
                        "1",
                        "--within",
                        "4s",
                        "--park",
                        "500ms",
                        "--hold",
                        "5s")) {
            var result = outdial.awaitResult();
            callee.awaitScenario(outdial);
            capture.stop();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.errors()).anyMatch(line -> line.contains("the far end is off hold"));
            // What was known was tried first, refused as stale, and sent again at once.
            for (var method : List.of("REGISTER", "INVITE", "BYE")) {
                assertThat(capture.sip())
                        .as(method + ", " + capture)
                        .anyMatch(m -> isStale(m.content()) && cseq(m.content()).endsWith(method));
            }
            // The first one and its challenge, one refresh or two each with a challenge, the end and its challenge.
            assertThat(capture.sipNames().stream().filter("REGISTER"::equals))
                    .as(capture.toString())
                    .hasSizeBetween(6, 10);
            assertThat(result.toString()).doesNotContain(Kamailio.PASSWORD);
        }
    }

    private static boolean isStale(SipMessage message) {
        return Stream.of("WWW-Authenticate", "Proxy-Authenticate")
                .flatMap(name -> message.header(name).stream())
                .anyMatch(challenge -> challenge.contains("stale=true"));
    }

    private static String cseq(SipMessage message) {
        return message.header("CSeq").orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void aCallToUsComesThroughTheProxyWithWhichWeAreRegistered(String transport) {
        try (var proxy = Kamailio.start(folder, Ports.single());
                var outdial = LocalOutdial.answer(
                        Ports.single(),
                        "--trunk",
                        proxy.trunk("bob", transport),
                        "--tls-trust",
                        proxy.certificate(),
                        "--user",
                        "bob",
                        "--password",
                        Kamailio.PASSWORD,
                        "--ring-for",
                        "300ms",
                        "--hold",
                        "20s",
                        "--calls",
                        "1");
                var caller = Sipp.caller(folder, "registers-and-calls", "bob", proxy.port())) {
            caller.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("endedBy")).isEqualTo("remote");
            assertThat(result.errors()).anyMatch(line -> line.endsWith("registered"));
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
