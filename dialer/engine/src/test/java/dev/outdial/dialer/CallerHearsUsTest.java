package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.bridge.BridgeEvent;
import dev.outdial.dialer.bridge.BridgeOptions;
import dev.outdial.dialer.incoming.IncomingOptions;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.message.SipMessageBuilder;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to us that hear something before the answer, that are answered by a rule, and that are held with music. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class CallerHearsUsTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String SENDRECV = "sendrecv";

    private final ScriptedPeer caller = ScriptedPeer.open();
    private final LoopbackTrunk carrier = LoopbackTrunk.builder()
            .dialPlan(DialPlan.standard()
                    .with(
                            "1",
                            Persona.of(
                                    "sends early media and then answers",
                                    new Step.EarlyMedia(),
                                    new Step.Wait(Duration.ofMillis(1500)),
                                    new Step.Answer(),
                                    new Step.SayTone(500, Duration.ofMinutes(1)))))
            .start();
    private final BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
    private final BlockingQueue<BridgeEvent> events = new LinkedBlockingQueue<>();
    private final String callId = UUID.randomUUID().toString();
    private InetSocketAddress us;
    private Dialer dialer;
    private WireEar ear;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void open() throws Exception {
        ear = new WireEar();
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            us = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
        dialer = Dialer.start(DialerConfig.of(
                        Trunk.of("caller", "sip:alice@" + caller.hostPort()).withoutRegistration(),
                        Trunk.of("carrier", "sip:alice@127.0.0.1:" + carrier.port())
                                .withoutRegistration())
                .on("127.0.0.1", us.getPort()));
        dialer.onIncoming(calls::add);
        dialer.awaitRegistered("caller", SOON);
    }

    @AfterEach
    void close() {
        caller.replyAlways("BYE", 200);
        dialer.close();
        caller.close();
        carrier.close();
        ear.close();
    }

    @Test
    void theCallerHearsAClipBeforeTheAnswerAndNoneAfterIt() throws Exception {
        SipMessage invite = invite();
        IncomingCall incoming = nextCall();
        incoming.ringWithMedia(tone());
        Heard progress = caller.receive(183, SOON);
        assertThat(progress.message().body()).contains("m=audio").contains("PCMU");
        ear.awaitSound();

        Call call = incoming.accept();
        Heard ok = caller.receive(200, SOON);
        // What was said in the 183 holds.
        assertThat(ok.message().body()).isEqualTo(progress.message().body());
        acknowledge(invite, ok);
        assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMU", false));
        assertThat(incoming.call()).isSameAs(call);
        ear.awaitSilence();
    }

    @Test
    void theCallerHearsTheRingingOfWhoIsDialledAndThenHim() throws Exception {
        SipMessage invite = invite();
        IncomingCall incoming = nextCall();
        incoming.ringWithMedia();
        caller.receive(183, SOON);
        Call dialled = dialer.dial("carrier", "1", SOON);
        Bridge bridge = dialer.bridge(incoming.call(), dialled, BridgeOptions.DEFAULT.withEarlyMedia(), events::add);
        assertThat(events.poll(15, TimeUnit.SECONDS)).isInstanceOf(BridgeEvent.Joined.class);
        ear.awaitSound();
        assertThat(bridge.isJoined()).isTrue();

        assertThat(dialled.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        Call call = incoming.accept();
        acknowledge(invite, caller.receive(200, SOON));
        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        ear.awaitSound();
        dialled.hangUp();
        dialled.awaitEnd();
        ear.awaitSilence();
    }

    @Test
    void whoeverGivesUpWhileHeHearsUsIsGone() throws Exception {
        SipMessage invite = invite();
        IncomingCall incoming = nextCall();
        incoming.ringWithMedia(tone());
        caller.receive(183, SOON);
        ear.awaitSound();
        cancel(invite);
        CallOutcome outcome = incoming.awaitEnd();
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.REMOTE);
        assertThatThrownBy(() -> incoming.call().play(tone())).isInstanceOf(CallEndedException.class);
        incoming.ringWithMedia(tone()); // too late: nothing to do
    }

    @Test
    void aCallIsAnsweredByItself() throws Exception {
        dialer.onIncoming(calls::add, IncomingOptions.DEFAULT.answeringAfter(Duration.ofMillis(150)));
        SipMessage invite = invite();
        caller.receive(180, SOON);
        acknowledge(invite, caller.receive(200, SOON));
        assertThat(nextCall().call().awaitAnswer()).isInstanceOf(Answer.Answered.class);
    }

    @Test
    void whatACallerAsksForIsDoneOnlyWhereThatIsWanted() throws Exception {
        send(bare().header("Answer-Mode", "Auto")
                .body("application/sdp", ear.sdp(1, SENDRECV))
                .build());
        IncomingCall waiting = nextCall();
        assertThat(caller.hearsNo(
                        heard -> !heard.message().isRequest() && heard.message().status() == 200,
                        Duration.ofMillis(100)))
                .isTrue();
        waiting.decline();
        caller.receive(486, SOON);

        dialer.onIncoming(calls::add, IncomingOptions.DEFAULT.obeyingTheCaller());
        SipMessage again = bare().replace("Call-ID", UUID.randomUUID().toString())
                .replace("Via", caller.via(Wire.UDP, "z9hG4bK-again"))
                .header("Answer-Mode", "Auto")
                .body("application/sdp", ear.sdp(1, SENDRECV))
                .build();
        send(again);
        caller.receive(200, SOON);
        assertThat(nextCall().call().awaitAnswer()).isInstanceOf(Answer.Answered.class);
    }

    @Test
    void aCallThatNobodyDecidesOnIsRefused() throws Exception {
        dialer.onIncoming(calls::add, IncomingOptions.DEFAULT.ringingFor(Duration.ofMillis(200)));
        invite();
        IncomingCall left = nextCall();
        caller.receive(480, SOON);
        assertThat(left.awaitEnd().kind()).isEqualTo(OutcomeKind.NO_ANSWER);
    }

    @Test
    void aCallThatLastsTooLongIsHungUp() throws Exception {
        dialer.onIncoming(
                calls::add,
                IncomingOptions.DEFAULT.lastingAtMost(Duration.ofMillis(300)).answeringAfter(Duration.ZERO));
        SipMessage invite = invite();
        acknowledge(invite, caller.receive(200, SOON));
        caller.reply(caller.receive("BYE", SOON), 200, "");
        assertThat(nextCall().awaitEnd().endedBy()).isEqualTo(EndedBy.LOCAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 480, 486, 503, 600, 603, 607})
    void aCallIsDeclinedWithWhateverSaysWhy(int status) throws Exception {
        invite();
        nextCall().decline(status);
        caller.receive(status, SOON);
    }

    @Test
    void whoIsOnHoldHearsMusicUntilHeIsTakenOffIt() throws Exception {
        Call call = dialer.dial(DialRequest.direct("sip:bob@" + caller.hostPort()));
        Heard invite = caller.receive("INVITE", SOON);
        caller.answer(invite, "bob", ear.sdp(1, SENDRECV));
        caller.receive("ACK", SOON);
        call.awaitAnswer();
        ear.awaitSilence();

        AudioClip music = tone();
        Thread holding = Thread.startVirtualThread(() -> quietly(() -> call.hold(music)));
        Heard hold = caller.receive("INVITE", SOON);
        assertThat(hold.message().body()).contains("a=sendonly");
        caller.answer(hold, "bob", ear.sdp(2, "recvonly"));
        holding.join();
        // Longer than the clip: it begins again.
        for (int i = 0; i < 8; i++) ear.awaitSound();

        Thread resuming = Thread.startVirtualThread(() -> quietly(call::resume));
        caller.answer(caller.receive("a=sendrecv", CallerHearsUsTest::isResuming, SOON), "bob", ear.sdp(3, SENDRECV));
        resuming.join();
        ear.awaitSilence();
    }

    private static boolean isResuming(Heard heard) {
        return heard.message().isRequest("INVITE")
                && heard.message().body().contains("a=sendrecv")
                && heard.message().toTag().equals("bob");
    }

    private interface Doing {
        void run() throws InterruptedException;
    }

    private static void quietly(Doing step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A loud second. */
    private AudioClip tone() throws Exception {
        Path file = folder.resolve("tone.wav");
        var samples = new short[8000];
        for (int i = 0; i < samples.length; i++) samples[i] = (short) (12_000 * Math.sin(i * 2 * Math.PI * 440 / 8000));
        WavFile.write(file, samples);
        return AudioClip.of(file);
    }

    private IncomingCall nextCall() throws InterruptedException {
        IncomingCall call = calls.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(call).isNotNull();
        return call;
    }

    private SipMessage invite() {
        SipMessage invite = bare().body("application/sdp", ear.sdp(1, SENDRECV)).build();
        send(invite);
        return invite;
    }

    private void send(SipMessage message) {
        caller.send(message, Wire.UDP, us);
    }

    private SipMessageBuilder bare() {
        return SipMessage.request("INVITE", "sip:alice@127.0.0.1:" + us.getPort())
                .header("Via", caller.via(Wire.UDP, "z9hG4bK-invite"))
                .header("Max-Forwards", "70")
                .header("From", "<sip:4711@127.0.0.1>;tag=caller")
                .header("To", "<sip:alice@127.0.0.1>")
                .header("Call-ID", callId)
                .header("CSeq", "1 INVITE")
                .header("Contact", caller.contact(Wire.UDP));
    }

    private void acknowledge(SipMessage invite, Heard ok) {
        send(SipMessage.request("ACK", invite.requestUri())
                .header("Via", caller.via(Wire.UDP, "z9hG4bK-ack"))
                .header("Max-Forwards", "70")
                .header("From", invite.header("From").orElseThrow())
                .header("To", ok.message().header("To").orElseThrow())
                .header("Call-ID", invite.header("Call-ID").orElseThrow())
                .header("CSeq", "1 ACK")
                .build());
    }

    private void cancel(SipMessage invite) {
        send(SipMessage.request("CANCEL", invite.requestUri())
                .header("Via", invite.header("Via").orElseThrow())
                .header("From", invite.header("From").orElseThrow())
                .header("To", invite.header("To").orElseThrow())
                .header("Call-ID", callId)
                .header("CSeq", "1 CANCEL")
                .header("Max-Forwards", "70")
                .build());
    }
}
