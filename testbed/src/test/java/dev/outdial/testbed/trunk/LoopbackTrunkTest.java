package dev.outdial.testbed.trunk;

import static dev.outdial.testbed.trunk.TestCaller.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.peer.Wire;
import dev.outdial.testbed.probe.DigitProbe;
import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.report.CallReport;
import dev.outdial.testbed.report.Ladder;
import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.rtp.RtcpPacket;
import dev.outdial.testbed.rtp.RtpPacket;
import dev.outdial.testbed.rtp.TelephoneEvent;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.uas.CallEnd;
import dev.outdial.testbed.uas.CallEnd.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole calls over sockets, placed by a scripted caller. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class LoopbackTrunkTest {
    private static final Duration T1 = Duration.ofMillis(40);

    private static TrunkCall ended(LoopbackTrunk trunk, TestCaller caller) {
        return trunk.awaitEnd(caller.callId, SOON).orElseThrow();
    }

    /** Sends sound, never more ahead of the trunk than its socket holds. */
    private static void speak(LoopbackTrunk trunk, TestCaller caller, short[] pcm) {
        for (int n = 0; n * 160 < pcm.length; n++) {
            var frame = Arrays.copyOfRange(pcm, n * 160, (n + 1) * 160);
            caller.sendRtp(new RtpPacket(0, n == 0, n, 160L * n, 42, G711.MU_LAW.encode(frame)));
            if (n % 50 == 49) awaitPackets(trunk, caller, n + 1);
        }
    }

    private static void awaitPackets(LoopbackTrunk trunk, TestCaller caller, int count) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (trunk.call(caller.callId)
                        .orElseThrow()
                        .media()
                        .orElseThrow()
                        .received()
                        .packetCount()
                < count) {
            assertThat(System.nanoTime()).as("waiting for %d packets", count).isLessThan(deadline);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"UDP", "TCP"})
    void aWholeCallWithDigestSoundBothWaysAKeyAndBye(Wire wire) throws IOException {
        Queue<TrunkEvent> events = new ConcurrentLinkedQueue<>();
        try (var trunk = LoopbackTrunk.builder()
                        .user("alice", "secret")
                        .listener(events::add)
                        .start();
                var caller = new TestCaller(trunk, wire)) {
            var invite = caller.invite("1000");
            var challenge = caller.receive(407);
            caller.ack(invite, challenge);
            var again = caller.authorized(invite, challenge, "secret");
            caller.send(again);
            caller.receive(180);
            var answer = caller.receive(200);
            caller.ack(again, answer);

            var prompt = Prompt.WELCOME_MP3.reference();
            speak(trunk, caller, prompt);
            caller.sendRtp(new RtpPacket(101, true, 600, 90_000, 42, new TelephoneEvent(9, true, 10, 800).toBytes()));
            var digits = new DigitProbe(101);
            RtpPacket heard;
            do {
                heard = caller.receiveRtp();
                assertThat(heard.payloadType() == 101 || heard.payload()[80] == G711.MU_LAW.silence())
                        .isTrue();
            } while (!digits.hear(heard, 0));
            assertThat(digits.digits()).isEqualTo("1");
            caller.bye(answer);
            caller.receive(200);
            caller.sendRtcp(new RtcpPacket.Goodbye(List.of(42L), ""));

            var call = ended(trunk, caller);
            assertThat(call.end()).contains(new CallEnd(Kind.CALLER_HUNG_UP, 200));
            assertThat(call.glance())
                    .containsSubsequence(
                            "> INVITE",
                            "< 407 Proxy Authentication Required",
                            "> ACK",
                            "> INVITE",
                            "< 100 Trying",
                            "< 180 Ringing",
                            "< 200 OK",
                            "> ACK",
                            "> BYE",
                            "< 200 OK");
            var media = call.media().orElseThrow();
            assertThat(media.digitsReceived()).isEqualTo("9");
            assertThat(media.goodbyeHeard()).isTrue();
            assertThat(media.sent().isClean()).isTrue();
            var comparison = SoundComparison.compare(media.pcm(), prompt);
            assertThat(comparison.whole()).as(comparison.toString()).isTrue();
            assertThat(events)
                    .hasAtLeastOneElementOfType(TrunkEvent.MessageHeard.class)
                    .contains(
                            new TrunkEvent.Challenged("INVITE", false),
                            new TrunkEvent.Answered(call.callId(), G711.MU_LAW))
                    .noneMatch(TrunkEvent.Failed.class::isInstance);
            assertThat(Ladder.of(call).lines())
                    .hasSameSizeAs(call.messages())
                    .first()
                    .isEqualTo("    0.000  caller  ---- INVITE (SDP) ------------------------->  1000");
            assertThat(CallReport.of(call, comparison)).contains("whole", "keys heard     9", "the caller hung up");
        }
    }

    @Test
    void aUserRegistersWithDigestAndUnregisters() {
        try (var trunk = LoopbackTrunk.builder()
                        .user("alice", "secret")
                        .algorithm(DigestAlgorithm.SHA_256)
                        .longestRegistration(Duration.ofSeconds(60))
                        .start();
                var caller = new TestCaller(trunk, Wire.UDP)) {
            var register =
                    caller.request("REGISTER", "alice").header("Expires", "300").build();
            caller.send(register);
            var challenge = caller.receive(401);
            caller.send(caller.authorized(register, challenge, "wrong"));
            var second = caller.receive(401);
            assertThat(second.message().header("WWW-Authenticate").orElseThrow())
                    .doesNotContain("stale");
            assertThat(trunk.isRegistered("alice")).isFalse();

            caller.send(caller.authorized(register, second, "secret"));
            assertThat(caller.receive(200).message().header("Contact").orElseThrow())
                    .endsWith(";expires=60");
            assertThat(trunk.isRegistered("alice")).isTrue();

            var leave = caller.request("REGISTER", "alice")
                    .replace("Contact", "*")
                    .header("Expires", "0")
                    .build();
            caller.send(leave);
            caller.send(caller.authorized(leave, caller.receive(401), "secret"));
            caller.receive(200);
            assertThat(trunk.isRegistered("alice")).isFalse();
            assertThat(trunk.otherMessages()).hasSize(10);
        }
    }

    @Test
    void aWrongPasswordEndsTheCallAsRefused() {
        try (var trunk = LoopbackTrunk.builder().user("alice", "secret").start();
                var caller = new TestCaller(trunk, Wire.UDP)) {
            caller.send(caller.authorized(caller.invite("1000"), caller.receive(407), "wrong"));
            caller.receive(407);

            assertThat(ended(trunk, caller).end()).contains(new CallEnd(Kind.REFUSED, 407));
        }
    }

    @ParameterizedTest
    @CsvSource({"1002,486", "1010,603", "1011,503", "9999,404", "x,404"})
    void numbersThatRefuseSayHow(String number, int status) {
        try (var trunk = LoopbackTrunk.builder().start();
                var caller = new TestCaller(trunk, Wire.UDP)) {
            var invite = caller.invite(number);
            caller.ack(invite, caller.receive(status));

            assertThat(ended(trunk, caller).end()).contains(new CallEnd(Kind.REFUSED, status));
        }
    }

    @Test
    void anInviteThatComesAgainRingsOnce() {
        try (var trunk = LoopbackTrunk.builder().start();
                var caller = new TestCaller(trunk, Wire.UDP)) {
            var invite = caller.invite("1003");
            var ringing = caller.receive(180);
            caller.send(invite);
            var again = caller.receive(180);

            assertThat(again.message().toTag())
                    .isEqualTo(ringing.message().toTag())
                    .isNotEmpty();
            assertThat(trunk.calls()).hasSize(1);
        }
    }

    @Test
    void aCancelledCallEndsWith487() {
        try (var trunk = LoopbackTrunk.builder().start();
                var caller = new TestCaller(trunk, Wire.UDP)) {
            var invite = caller.invite("1003");
            caller.receive(180);
            caller.cancel(invite);
            caller.receive(200);
            caller.ack(invite, caller.receive(487));

            assertThat(ended(trunk, caller).end()).contains(new CallEnd(Kind.CANCELED, 487));
        }
    }

    @Test
    void anAnswerThatIsNotAcknowledgedIsSentAgainUntilItIs() {
        try (var trunk = LoopbackTrunk.builder().t1(T1).start();
                var caller = new TestCaller(trunk, Wire.TCP)) {
            var invite = caller.invite("1001");
            for (int i = 0; i < 3; i++) caller.receive(200);
            caller.ack(invite, caller.receive(200));

            assertThat(caller.peer.hearsNo(h -> h.message().status() == 200, T1.multipliedBy(20)))
                    .as("silence after the ACK but for one that crossed it")
                    .isTrue();
        }
    }

    @Test
    void anAnswerThatIsNeverAcknowledgedEndsWithBye() {
        try (var trunk = LoopbackTrunk.builder().t1(Duration.ofMillis(10)).start();
                var caller = new TestCaller(trunk, Wire.UDP)) {
            caller.invite("1001");
            var bye = caller.peer.receive("BYE", SOON);
            caller.peer.reply(bye, 200, "");

            assertThat(ended(trunk, caller).end()).contains(new CallEnd(Kind.UNACKNOWLEDGED, 200));
            assertThat(caller.peer.heard().stream().filter(h -> h.message().status() == 200))
                    .hasSizeBetween(8, 11);
        }
    }

    @Test
    void aCalleeThatHangsUpSendsByeAlongTheRouteUntilItIsAnswered() {
        var plan = DialPlan.empty().with("7", Persona.of("hangs up", new Step.Answer(), new Step.HangUp()));
        try (var trunk = LoopbackTrunk.builder().dialPlan(plan).t1(T1).start();
                var caller = new TestCaller(trunk, Wire.UDP)) {
            var route = "<sip:" + caller.peer.hostPort() + ";lr>";
            var invite = caller.request("INVITE", "7")
                    .header("Record-Route", route)
                    .body("application/sdp", caller.sdp())
                    .build();
            caller.send(invite);
            var answer = caller.receive(200);
            assertThat(answer.message().values("Record-Route")).containsExactly(route);
            caller.ack(invite, answer);
            caller.peer.receive("BYE", SOON);
            var bye = caller.peer.receive("BYE", SOON);
            assertThat(bye.message().values("Route")).containsExactly(route);
            assertThat(bye.message().toTag()).isEqualTo("caller");
            caller.peer.reply(bye, 200, "");

            assertThat(ended(trunk, caller).end()).contains(new CallEnd(Kind.CALLEE_HUNG_UP, 200));
        }
    }

    @Test
    void earlyMediaIsARingbackToneBeforeTheAnswer() {
        try (var trunk = LoopbackTrunk.builder().start();
                var caller = new TestCaller(trunk, Wire.UDP)) {
            caller.invite("1006");
            assertThat(caller.receive(183).message().body()).contains("m=audio");
            var pcm = new short[1600];
            for (int n = 0; n < 10; n++) {
                System.arraycopy(G711.MU_LAW.decode(caller.receiveRtp().payload()), 0, pcm, n * 160, 160);
            }

            assertThat(ToneProbe.hertz(440, 480, 1000).tones(pcm))
                    .extracting(ToneProbe.Tone::hertz)
                    .containsOnly(440, 480);
        }
    }

    @Test
    void anEchoingCalleeSaysWhatItHears() {
        try (var trunk = LoopbackTrunk.builder().start();
                var caller = new TestCaller(trunk, Wire.UDP)) {
            var invite = caller.invite("1008");
            caller.ack(invite, caller.receive(200));
            var tone = new Tones(0.3, 1000).samples(20);
            caller.sendRtp(new RtpPacket(0, true, 1, 160, 42, G711.MU_LAW.encode(tone)));
            RtpPacket heard;
            do heard = caller.receiveRtp();
            while (heard.payload()[80] == G711.MU_LAW.silence() && heard.payload()[81] == G711.MU_LAW.silence());

            assertThat(ToneProbe.hertz(1000).tones(G711.MU_LAW.decode(heard.payload())))
                    .hasSize(1);
        }
    }

    @Test
    void aRecordingCalleeWritesAFileAndTheCaptureHoldsThePackets(@TempDir Path folder) throws IOException {
        var capture = folder.resolve("call.pcap");
        var tone = new Tones(0.3, 1000).samples(1000);
        try (var trunk = LoopbackTrunk.builder()
                        .recordings(folder)
                        .capture(capture)
                        .start();
                var caller = new TestCaller(trunk, Wire.UDP)) {
            var invite = caller.invite("1009");
            var answer = caller.receive(200);
            caller.ack(invite, answer);
            speak(trunk, caller, tone);
            caller.bye(answer);

            var file = ended(trunk, caller).savedSound().orElseThrow();
            assertThat(WavFile.read(file)).isEqualTo(G711.MU_LAW.decode(G711.MU_LAW.encode(tone)));
        }
        assertThat(Files.size(capture)).isGreaterThan(50 * (160 + 12 + 28 + 16));
    }

    @Test
    void aCallerWithoutOfferOrCodecOrDialogIsTreatedByTheBook() {
        try (var trunk = LoopbackTrunk.builder().start();
                var caller = new TestCaller(trunk, Wire.UDP);
                var other = new TestCaller(trunk, Wire.UDP)) {
            caller.send(caller.request("INVITE", "1001").build());
            assertThat(caller.receive(200).message().body()).contains("m=audio", "PCMU/8000", "telephone-event");

            other.send(other.request("INVITE", "1001")
                    .body("application/sdp", other.sdp().replace("AVP 0 8 101", "AVP 18"))
                    .build());
            other.receive(488);
            other.send(other.request("BYE", "1001")
                    .replace("To", "<sip:1001@x>;tag=unknown")
                    .build());
            other.receive(481);
            other.send(other.request("OPTIONS", "1001").build());
            assertThat(other.receive(200).message().header("Allow").orElseThrow())
                    .contains("INVITE");
            other.send(other.request("PUBLISH", "1001").build());
            other.receive(405);
        }
    }

    @Test
    void aHeldCallerIsSentNothing() {
        try (var trunk = LoopbackTrunk.builder().start();
                var caller = new TestCaller(trunk, Wire.UDP)) {
            var invite = caller.invite("1001");
            var answer = caller.receive(200);
            caller.ack(invite, answer);
            caller.receiveRtp();
            caller.send(caller.request("INVITE", "1001")
                    .replace("To", answer.message().header("To").orElseThrow())
                    .body("application/sdp", caller.sdp() + "a=sendonly\r\n")
                    .build());

            assertThat(caller.receive(200).message().body()).contains("a=recvonly");
            long sent = sentPackets(trunk, caller);
            assertThat(caller.peer.hearsNo(h -> h.message().isRequest("BYE"), Duration.ofMillis(100)))
                    .isTrue();
            assertThat(sentPackets(trunk, caller)).isEqualTo(sent);
        }
    }

    private static long sentPackets(LoopbackTrunk trunk, TestCaller caller) {
        return trunk.call(caller.callId)
                .orElseThrow()
                .media()
                .orElseThrow()
                .sent()
                .packetCount();
    }

    @Test
    void aTrunkThatIsClosedSaysByeAndStillKnowsWhatItHeard() {
        var trunk = LoopbackTrunk.builder().start();
        try (var caller = new TestCaller(trunk, Wire.UDP)) {
            var invite = caller.invite("1001");
            caller.ack(invite, caller.receive(200));
            Predicate<TrunkCall> acknowledged = c -> c.glance().contains("> ACK");
            while (!acknowledged.test(trunk.call(caller.callId).orElseThrow())) Thread.onSpinWait();
            trunk.close();

            caller.peer.receive("BYE", SOON);
            assertThat(ended(trunk, caller).end()).contains(new CallEnd(Kind.TRUNK_CLOSED, 200));
            assertThat(trunk.calls()).hasSize(1);
        }
    }

    @Test
    void anAddressThatIsTakenIsSaidPlainly() {
        try (var trunk = LoopbackTrunk.builder().start()) {
            var second = LoopbackTrunk.builder().listen(trunk.address());
            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot listen on")
                    .hasMessageContaining(Integer.toString(trunk.port()));
        }
    }
}
