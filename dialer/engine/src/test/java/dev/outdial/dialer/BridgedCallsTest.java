package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.bridge.BridgeEvent;
import dev.outdial.dialer.bridge.BridgeOptions;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.trunk.Codec;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.dialer.trunk.WireOptions;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.probe.ToneProbe.Tone;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.MediaReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Callees that hear each other through us. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class BridgedCallsTest {
    private static final Duration RING = Duration.ofSeconds(10);
    private static final ToneProbe PROBE = ToneProbe.hertz(500, 1100, 1700);

    private final LoopbackTrunk trunk = LoopbackTrunk.builder()
            .dialPlan(DialPlan.standard()
                    .with("1", tone(500))
                    .with("2", tone(1100))
                    .with("3", tone(1700))
                    .with(
                            "4",
                            Persona.of(
                                    "says a tone and hangs up",
                                    new Step.Answer(),
                                    new Step.SayTone(1100, Duration.ofSeconds(4)),
                                    new Step.HangUp()))
                    .with(
                            "6",
                            Persona.of(
                                    "rings, says a short tone and hangs up",
                                    new Step.EarlyMedia(),
                                    new Step.Wait(Duration.ofMillis(900)),
                                    new Step.Answer(),
                                    new Step.SayTone(1100, Duration.ofMillis(900)),
                                    new Step.HangUp()))
                    .with("7", Persona.of("rings for ever", new Step.Ring()))
                    .with(
                            "5",
                            Persona.of(
                                    "presses keys",
                                    new Step.Answer(),
                                    // long enough for a slow machine to join them
                                    new Step.Wait(Duration.ofSeconds(3)),
                                    new Step.Press("19#"))))
            .start();
    private final Dialer dialer = Dialer.start(DialerConfig.of(
            Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration()));

    private final BlockingQueue<BridgeEvent> events = new LinkedBlockingQueue<>();

    private static Persona tone(int hertz) {
        return Persona.of("says a tone", new Step.Answer(), new Step.SayTone(hertz, Duration.ofMinutes(1)));
    }

    @AfterEach
    void close() {
        dialer.close();
        trunk.close();
    }

    private Call dial(String number, Codec codec) {
        return dialer.dial(
                DialRequest.over("carrier", number).ringingFor(RING).withWire(WireOptions.DEFAULT.offering(codec)));
    }

    private Bridge bridge(Call first, Call second) {
        return dialer.bridge(first, second, BridgeOptions.DEFAULT, events::add);
    }

    private <E extends BridgeEvent> E await(Class<E> type) throws Exception {
        BridgeEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    private MediaReport end(Call call) throws Exception {
        call.hangUp();
        call.awaitEnd();
        return trunk.awaitEnd(call.id(), RING).orElseThrow().media().orElseThrow();
    }

    /** How long a tone was heard. */
    private static long heardMillis(MediaReport report, int hertz) {
        return PROBE.tones(report.pcm()).stream()
                .filter(tone -> tone.hertz() == hertz)
                .mapToLong(tone -> tone.endMillis() - tone.startMillis())
                .sum();
    }

    @Test
    void eachHearsTheOthersToneWhateverTheirCodecs() throws Exception {
        for (Codec codec : List.of(Codec.PCMU, Codec.PCMA)) {
            Call one = dial("1", Codec.PCMU);
            Call two = dial("2", codec);
            Bridge bridge = bridge(one, two);
            await(BridgeEvent.Joined.class);
            assertThat(bridge.isJoined()).isTrue();
            assertThat(one.awaitEnd(Duration.ofMillis(1500))).isEmpty();
            bridge.close();
            await(BridgeEvent.Closed.class);
            assertThat(one.awaitEnd(Duration.ofMillis(600))).isEmpty();
            MediaReport first = end(one);
            MediaReport second = end(two);
            assertThat(heardMillis(first, 1100)).isBetween(150L, 2500L);
            assertThat(heardMillis(second, 500)).isBetween(150L, 2500L);
            assertThat(heardMillis(first, 500)).isZero();
            // Taken apart, both hear silence.
            List<Tone> last = PROBE.tones(first.pcm());
            assertThat(first.pcm().length / 8 - last.getLast().endMillis()).isGreaterThan(300);
        }
    }

    @Test
    void whenOneHangsUpTheOtherStaysAndAListenerIsTold() throws Exception {
        Call one = dial("1", Codec.PCMU);
        Call two = dial("4", Codec.PCMU);
        bridge(one, two);
        await(BridgeEvent.Joined.class);
        BridgeEvent.CallLeft left = await(BridgeEvent.CallLeft.class);
        assertThat(left.callId()).isEqualTo(two.id());
        await(BridgeEvent.Closed.class);
        assertThat(one.awaitEnd(Duration.ofMillis(200))).isEmpty();
        assertThat(heardMillis(end(one), 1100)).isGreaterThan(100);
    }

    @Test
    void keysArePassedOn() throws Exception {
        Call one = dial("5", Codec.PCMU);
        Call two = dial("1001", Codec.PCMU);
        try (Bridge bridge = dialer.bridge(one, two)) {
            one.collect(Digits.until('#'));
            assertThat(two.awaitEnd(Duration.ofSeconds(2))).isEmpty();
            assertThat(bridge.isJoined()).isTrue();
        }
        assertThat(end(two).digitsReceived()).isEqualTo("19#");
    }

    @Test
    void aBridgeToNobodyIsOverWhenHeIsGone() throws Exception {
        Call one = dial("1", Codec.PCMU);
        Call busy = dial("1002", Codec.PCMU);
        Bridge bridge = bridge(one, busy);
        assertThat(await(BridgeEvent.CallLeft.class).callId()).isEqualTo(busy.id());
        await(BridgeEvent.Closed.class);
        assertThat(bridge.isJoined()).isFalse();
        bridge.close();
        assertThat(events).isEmpty();
        assertThat(one.awaitAnswer()).isInstanceOf(Answer.Answered.class);
    }

    @Test
    void aCallIsNotBridgedWithItselfNorWithAnotherDialers() {
        Call one = dial("1", Codec.PCMU);
        assertThatThrownBy(() -> dialer.bridge(one, one)).isInstanceOf(IllegalArgumentException.class);
        try (Dialer other = Dialer.start(DialerConfig.of(
                Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration()))) {
            Call stranger = other.dial("carrier", "1", RING);
            assertThatThrownBy(() -> dialer.bridge(one, stranger)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whoIsTransferredHearsTheThirdRingAndTalkAndLeavesWithHim() throws Exception {
        Call one = dial("1001", Codec.PCMU);
        assertThat(one.transferBridged(DialRequest.over("carrier", "6"))).isInstanceOf(Answer.Answered.class);
        // The third hangs up.
        assertThat(one.awaitEnd().endedBy()).isEqualTo(EndedBy.LOCAL);
        MediaReport report =
                trunk.awaitEnd(one.id(), RING).orElseThrow().media().orElseThrow();
        assertThat(heardMillis(report, 1100)).isGreaterThan(200);
        // Two tones at once are none of those that are looked for.
        assertThat(loudMillis(report.pcm()) - heardMillis(report, 1100)).isGreaterThan(300);
    }

    private static long loudMillis(short[] pcm) {
        long packets = 0;
        for (int start = 0; start + 160 <= pcm.length; start += 160) {
            boolean loud = false;
            for (int i = start; i < start + 160; i++) loud |= Math.abs(pcm[i]) > 500;
            if (loud) packets++;
        }
        return packets * 20;
    }

    @Test
    void whereTheThirdDoesNotAnswerTheFirstGoesOn() throws Exception {
        Call one = dial("1", Codec.PCMU);
        assertThat(one.transferBridged(DialRequest.over("carrier", "1002"))).isInstanceOf(Answer.Busy.class);
        assertThat(one.transferBridged(DialRequest.over("carrier", "7").ringingFor(Duration.ofMillis(200))))
                .isInstanceOf(Answer.NoAnswer.class);
        assertThatThrownBy(() -> one.transferBridged(DialRequest.over("nobody", "1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(one.awaitEnd(Duration.ofMillis(100))).isEmpty();
    }

    @Test
    void whenTheFirstHangsUpWhileTheThirdRingsTheThirdIsGivenUp() throws Exception {
        Call one = dial("1", Codec.PCMU);
        one.awaitAnswer();
        try (ScriptedPeer third = ScriptedPeer.open()) {
            var ended = new CompletableFuture<Throwable>();
            Thread.startVirtualThread(() -> {
                try {
                    one.transferBridged(DialRequest.direct("sip:carol@" + third.hostPort()));
                    ended.complete(new AssertionError("nobody answers there"));
                } catch (InterruptedException | RuntimeException expected) {
                    ended.complete(expected);
                }
            });
            third.reply(third.receive("INVITE", RING), 180, "carol");
            one.hangUp();
            assertThat(third.receive("CANCEL", RING).message().isRequest()).isTrue();
            assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(CallEndedException.class);
        }
    }

    @Test
    void whoeverStopsWaitingGivesTheThirdUpAndKeepsTheFirst() throws Exception {
        Call one = dial("1", Codec.PCMU);
        one.awaitAnswer();
        try (ScriptedPeer third = ScriptedPeer.open()) {
            var ended = new CompletableFuture<Throwable>();
            Thread waiting = Thread.startVirtualThread(() -> {
                try {
                    one.transferBridged(DialRequest.direct("sip:carol@" + third.hostPort()));
                    ended.complete(new AssertionError("nobody answers there"));
                } catch (InterruptedException | RuntimeException expected) {
                    ended.complete(expected);
                }
            });
            third.reply(third.receive("INVITE", RING), 180, "carol");
            waiting.interrupt();
            assertThat(third.receive("CANCEL", RING).message().isRequest()).isTrue();
            assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            assertThat(one.awaitEnd(Duration.ofMillis(50))).isEmpty();
        }
    }

    @Test
    void inAConferenceOfThreeEachHearsTheTwoOthers() throws Exception {
        Call one = dial("1", Codec.PCMU);
        Call two = dial("2", Codec.PCMA);
        Call three = dial("3", Codec.PCMU);
        Call busy = dial("1002", Codec.PCMU);
        try (Conference conference = dialer.conference()) {
            List.of(one, two, three, busy).forEach(conference::add);
            conference.add(one);
            for (Call call : List.of(one, two, three)) call.awaitAnswer();
            busy.awaitEnd();
            conference.mute(three, true);
            assertThat(one.awaitEnd(Duration.ofMillis(1000))).isEmpty();
            conference.mute(three, false);
            assertThat(one.awaitEnd(Duration.ofMillis(1500))).isEmpty();
            assertThat(conference.size()).isEqualTo(3);
            MediaReport third = end(three);
            assertThat(one.awaitEnd(Duration.ofMillis(600))).isEmpty();
            assertThat(conference.size()).isEqualTo(2);
            conference.remove(two);
            MediaReport second = end(two);
            MediaReport first = end(one);
            assertThat(heardMillis(first, 1100)).isGreaterThan(500);
            assertThat(heardMillis(first, 1700)).isBetween(100L, 2500L);
            assertThat(heardMillis(second, 500)).isGreaterThan(500);
            assertThat(heardMillis(second, 1700)).isBetween(100L, 2500L);
            assertThat(heardMillis(third, 500)).isGreaterThan(300);
            assertThat(heardMillis(third, 1100)).isGreaterThan(300);
            assertThat(heardMillis(first, 500) + heardMillis(second, 1100) + heardMillis(third, 1700))
                    .isZero();
        }
    }
}
