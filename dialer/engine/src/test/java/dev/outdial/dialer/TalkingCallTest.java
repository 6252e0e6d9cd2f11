package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.bridge.BridgeEvent;
import dev.outdial.dialer.bridge.BridgeOptions;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.gather.GatherEnd;
import dev.outdial.dialer.gather.GatherRequest;
import dev.outdial.dialer.gather.GatherState;
import dev.outdial.dialer.gather.Gathered;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.sound.SoundDirection;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.MediaReport;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.trunk.TrunkMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done with a call that goes on: gathering keys, muting, tones, whispers, notes, and hanging up for a reason. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class TalkingCallTest {
    private static final Duration RING = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ToneProbe PROBE = ToneProbe.hertz(500, 1000, 1700);
    private static final AudioClip LONG_PROMPT = AudioClip.tone(1700, Duration.ofSeconds(40));

    private final LoopbackTrunk trunk = LoopbackTrunk.builder()
            .dialPlan(DialPlan.standard()
                    .with("1", presses("25#"))
                    .with("4", again("2", 40))
                    .with("2", Persona.of("talks", new Step.Answer(), new Step.SayTone(500, Duration.ofMinutes(1))))
                    .with(
                            "3",
                            Persona.of(
                                    "listens, presses a key and hangs up",
                                    new Step.Answer(),
                                    new Step.AwaitMessage(Duration.ofMillis(200)),
                                    new Step.Press("4"),
                                    new Step.Wait(Duration.ofMillis(500)),
                                    new Step.HangUp())))
            .start();
    private final Dialer dialer = Dialer.start(DialerConfig.of(
            Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration()));
    private final BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();

    private static Persona presses(String keys) {
        return Persona.of(
                "presses keys", new Step.Answer(), new Step.Wait(Duration.ofMillis(1200)), new Step.Press(keys));
    }

    private static Persona again(String key, int times) {
        var steps = new ArrayList<Step>(List.of(new Step.Answer()));
        for (int i = 0; i < times; i++) {
            steps.add(new Step.Wait(Duration.ofMillis(300)));
            steps.add(new Step.Press(key));
        }
        return Persona.of("presses a key again and again", steps.toArray(Step[]::new));
    }

    @AfterEach
    void close() {
        dialer.close();
        trunk.close();
    }

    private Call dial(String number) {
        return dialer.dial(DialRequest.over("carrier", number).ringingFor(RING), events::add);
    }

    private Call answered(String number) throws InterruptedException {
        Call call = dial(number);
        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        return call;
    }

    private <E extends CallEvent> E await(Class<E> type) throws InterruptedException {
        CallEvent event;
        do {
            event = events.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("an event in time").isNotNull();
        } while (!type.isInstance(event));
        return type.cast(event);
    }

    private TrunkCall seen(Call call) throws InterruptedException {
        return trunk.awaitEnd(call.id(), RING).orElseThrow();
    }

    private MediaReport end(Call call) throws InterruptedException {
        call.hangUp();
        call.awaitEnd();
        return seen(call).media().orElseThrow();
    }

    private static long heardMillis(MediaReport report, int hertz) {
        return PROBE.tones(report.pcm()).stream()
                .filter(tone -> tone.hertz() == hertz)
                .mapToLong(tone -> tone.endMillis() - tone.startMillis())
                .sum();
    }

    @Test
    void aKeyEndsThePromptAndTheTerminatingOneTheGathering() throws Exception {
        dialer.load(LONG_PROMPT); // so that it begins before the first key
        Call call = answered("1");
        Gather gather = call.gather(GatherRequest.DEFAULT.tagged("menu"), List.of(LONG_PROMPT, LONG_PROMPT));
        assertThatThrownBy(() -> call.gather(GatherRequest.DEFAULT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another");
        assertThatThrownBy(() -> call.collect(Digits.digits(1))).isInstanceOf(IllegalStateException.class);

        var expected = new Gathered("25", GatherEnd.TERMINATING_DIGIT, Optional.of("menu"));
        assertThat(gather.await(SOON)).contains(expected);
        assertThat(await(CallEvent.GatherEnded.class).result()).isEqualTo(expected);
        assertThat(gather.state()).isEqualTo(GatherState.DONE);
        assertThat(gather.digits()).isEqualTo("25");
        gather.cancel();
        assertThat(gather.await()).isEqualTo(expected);
        assertThat(heardMillis(end(call), 1700)).isBetween(100L, 10_000L);
    }

    @Test
    void aGatheringThatIsCancelledEndsItsPromptAndMayBeFollowedByAnother() throws Exception {
        Call call = answered("1001");
        Gather gather = call.gather(GatherRequest.DEFAULT, List.of(LONG_PROMPT));
        assertThat(gather.state()).isEqualTo(GatherState.PROMPTING);
        gather.cancel();
        assertThat(gather.await()).isEqualTo(new Gathered("", GatherEnd.CANCELLED, Optional.empty()));
        // What is played next does not wait for it.
        assertThat(call.tone(1000, Duration.ofMillis(300))).isEqualTo(new Played(300, true));
        Gather next = call.gather(GatherRequest.DEFAULT.eachWithin(Duration.ofMillis(100)));
        assertThat(next.await().reason()).isEqualTo(GatherEnd.INTER_DIGIT_TIMEOUT);
        assertThat(heardMillis(end(call), 1000)).isBetween(250L, 350L);
    }

    @Test
    void aFarEndThatHangsUpEndsAGatheringBeforeTheCall() throws Exception {
        Call call = answered("3");
        Gather gather = call.gather(GatherRequest.DEFAULT.eachWithin(Duration.ofSeconds(30)));
        // Not waited for: what the far end has heard it answers, whether we have been told that the tone is over or
        // not.
        Thread.startVirtualThread(() -> {
            try {
                call.tone(1000, Duration.ofMillis(300));
            } catch (InterruptedException | CallEndedException e) {
                // Then it hung up while we still played.
            }
        });
        assertThat(gather.await()).isEqualTo(new Gathered("4", GatherEnd.HUNG_UP, Optional.empty()));
        await(CallEvent.GatherEnded.class);
        await(CallEvent.Ended.class);
        assertThatThrownBy(() -> call.gather(GatherRequest.DEFAULT)).isInstanceOf(CallEndedException.class);
    }

    @Test
    void aKeyThatIsCollectedEndsWhatPlaysWhereThatIsAskedFor() throws Exception {
        Call call = answered("4");
        var collected = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> {
            try {
                collected.complete(
                        call.collect(Digits.until('#').of("2").bargingIn().within(Duration.ofMinutes(1))));
            } catch (InterruptedException | RuntimeException e) {
                collected.completeExceptionally(e);
            }
        });
        Played played = call.play(LONG_PROMPT);
        assertThat(played.whole()).isFalse();
        assertThat(played.millis()).isLessThan(20_000);
        call.hangUp();
        assertThat(collected).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(CallEndedException.class);
    }

    @Test
    void aMutedCallHearsSilenceAndMissesWhatIsPlayedMeanwhile() throws Exception {
        Call call = answered("1001");
        call.tone(500, Duration.ofMillis(300));
        call.mute(SoundDirection.OUTGOING);
        assertThat(call.tone(1000, Duration.ofMillis(300))).isEqualTo(new Played(300, true));
        call.sendDigits("7");
        call.unmute(SoundDirection.BOTH);
        call.tone(1700, Duration.ofMillis(300));
        MediaReport report = end(call);
        assertThat(heardMillis(report, 500)).isBetween(250L, 350L);
        assertThat(heardMillis(report, 1000)).isZero();
        assertThat(heardMillis(report, 1700)).isBetween(250L, 350L);
        assertThat(report.digitsReceived()).isEqualTo("7");
        assertThat(report.received().isClean()).as(report.received().toString()).isTrue();
    }

    private AutoCloseable joined(Call one, Call other, boolean inConference) throws InterruptedException {
        if (inConference) {
            Conference conference = dialer.conference();
            conference.add(one);
            conference.add(other);
            return conference;
        }
        var told = new LinkedBlockingQueue<BridgeEvent>();
        Bridge bridge = dialer.bridge(one, other, BridgeOptions.DEFAULT, told::add);
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(new BridgeEvent.Joined());
        return bridge;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWhisperIsHeardByOneLegAloneAndAMutedFarEndByNobody(boolean inConference) throws Exception {
        Call talker = answered("2");
        Call listener = answered("1001");
        talker.mute(SoundDirection.INCOMING);
        try (AutoCloseable joint = joined(talker, listener, inConference)) {
            assertThat(joint).isNotNull();
            listener.whisper(AudioClip.tone(1000, Duration.ofMillis(500)));
            talker.unmute(SoundDirection.INCOMING);
            assertThat(listener.whisper(AudioClip.tone(1700, Duration.ofMillis(700))))
                    .isEqualTo(new Played(700, true));
        }
        List<ToneProbe.Tone> heard = PROBE.tones(end(listener).pcm());
        ToneProbe.Tone whisper = first(heard, 1000);
        assertThat(whisper.endMillis() - whisper.startMillis()).isGreaterThan(400);
        // Who talks was muted until then, and is heard beneath the next whisper.
        assertThat(first(heard, 500).startMillis()).isGreaterThan(whisper.endMillis() - 40);
        MediaReport overheard = end(talker);
        assertThat(heardMillis(overheard, 1000) + heardMillis(overheard, 1700)).isZero();
    }

    private static ToneProbe.Tone first(List<ToneProbe.Tone> tones, int hertz) {
        return tones.stream()
                .filter(tone -> tone.hertz() == hertz)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tone of " + hertz + " Hz among " + tones));
    }

    @Test
    void notesOnACallOutliveItsDetoursAndItsEnd() throws Exception {
        DialRequest request = DialRequest.over("carrier", "1011")
                .orOver("carrier")
                .with("customer", "4711")
                .with("customer", "4712")
                .with("campaign", "spring");
        Call call = dialer.dial(request, events::add);
        assertThat(call.variables()).containsEntry("customer", "4712").containsEntry("campaign", "spring");
        await(CallEvent.Detour.class);
        call.variables().put("tried", "twice");
        await(CallEvent.Ended.class);
        call.awaitEnd();
        assertThat(call.variables()).hasSize(3).containsEntry("tried", "twice");
        assertThat(request.variables()).hasSize(2);
    }

    private static Optional<String> reason(TrunkCall call, String method) {
        return call.messages().stream()
                .filter(TrunkMessage::fromCaller)
                .map(TrunkMessage::message)
                .filter(message -> message.isRequest() && message.method().equals(method))
                .findFirst()
                .orElseThrow()
                .values("Reason")
                .stream()
                .findFirst();
    }

    @Test
    void theFarEndIsToldWhyWeHangUp() throws Exception {
        Call busy = answered("1001");
        busy.hangUp(HangUpCause.BUSY);
        CallOutcome outcome = busy.awaitEnd();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(outcome.cause()).hasValue(17);
        assertThat(outcome.reason()).isEqualTo("we hung up: busy");
        assertThat(reason(seen(busy), "BYE")).hasValue("Q.850;cause=17");

        Call ringing = dial("1003");
        await(CallEvent.Ringing.class);
        ringing.hangUp(HangUpCause.FAILED);
        assertThat(ringing.awaitEnd().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(reason(seen(ringing), "CANCEL")).hasValue("Q.850;cause=41");

        Call slow = dial("1003");
        await(CallEvent.Ringing.class);
        slow.hangUp(HangUpCause.ANSWERED_ELSEWHERE);
        CallOutcome elsewhere = slow.awaitEnd();
        assertThat(elsewhere.kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(elsewhere.cause()).hasValue(26);
        assertThat(reason(seen(slow), "CANCEL")).hasValue("SIP;cause=200;text=\"Call completed elsewhere\"");

        Call normal = dial("1003");
        await(CallEvent.Ringing.class);
        normal.hangUp(HangUpCause.NORMAL);
        assertThat(normal.awaitEnd().reason()).isEqualTo("given up before the answer");
        assertThat(reason(seen(normal), "CANCEL")).isEmpty();
    }

    @Test
    void statisticsAreThereWhileTheCallGoesOn() throws Exception {
        Call call = answered("2");
        CallStatistics first = statistics(call, 10);
        assertThat(first.lost()).isZero();
        assertThat(first.mos().orElseThrow()).isBetween(3.5, 4.5);
        assertThat(first.jitterMillis()).isNotNegative();
        CallStatistics second = statistics(call, first.received() + 1);
        assertThat(second.sent()).isGreaterThan(first.sent());
        assertThat(call.awaitEnd(Duration.ZERO)).isEmpty();
        call.hangUp();
    }

    /** Those of a running call, once it has received so many packets. */
    private static CallStatistics statistics(Call call, long received) throws InterruptedException {
        for (int i = 0; i < 200 && call.statistics().received() < received; i++) {
            assertThat(call.awaitEnd(Duration.ofMillis(50))).isEmpty();
        }
        assertThat(call.statistics().received()).isGreaterThanOrEqualTo(received);
        return call.statistics();
    }
}
