package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.uas.CallEnd;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Flows that connect, echo and confer, heard by the callees; how much of a sound is heard of a slow machine is not judged. */
@Tag("slow")
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class OtherCallsOnTheWireTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** 440 and 480 Hz are our ringing; a callee's own, in early media, has them too. */
    private static final ToneProbe PROBE = ToneProbe.hertz(440, 500, 1100, 1700, 2100);

    private final LoopbackTrunk trunk = LoopbackTrunk.builder()
            .dialPlan(DialPlan.standard()
                    .with("1", tone(500))
                    .with("2", tone(1100))
                    .with("3", tone(1700))
                    .with(
                            "4",
                            Persona.of(
                                    "rings, answers, says a tone and hangs up",
                                    new Step.Ring(),
                                    new Step.Wait(Duration.ofMillis(800)),
                                    new Step.Answer(),
                                    new Step.SayTone(1100, Duration.ofMillis(1400)),
                                    new Step.HangUp()))
                    .with(
                            "5",
                            Persona.of(
                                    "lets hear ringing, says a tone and hangs up",
                                    new Step.EarlyMedia(),
                                    new Step.Wait(Duration.ofMillis(900)),
                                    new Step.Answer(),
                                    new Step.SayTone(1100, Duration.ofMillis(1000)),
                                    new Step.HangUp()))
                    .with("6", Persona.of("rings for ever", new Step.Ring()))
                    .with(
                            "7",
                            Persona.of(
                                    "says a tone and presses keys",
                                    new Step.Answer(),
                                    new Step.SayTone(1700, Duration.ofMillis(1200)),
                                    new Step.Press("19#"),
                                    new Step.SayTone(500, Duration.ofSeconds(60))))
                    .with(
                            "8",
                            Persona.of(
                                    "answers, presses a key and stays",
                                    new Step.Answer(),
                                    // long enough for a slow machine to join them
                                    new Step.Wait(Duration.ofSeconds(4)),
                                    new Step.Press("7")))
                    .with(
                            "9",
                            Persona.of(
                                    "answers and hangs up",
                                    new Step.Answer(),
                                    new Step.Wait(Duration.ofMillis(1000)),
                                    new Step.HangUp())))
            .start();
    private final Dialer dialer = Dialer.start(DialerConfig.of(
            Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration()));
    private final FlowRunner runner = new FlowRunner(dialer, FlowSettings.of());

    private static Persona tone(int hertz) {
        return Persona.of("says a tone", new Step.Answer(), new Step.SayTone(hertz, Duration.ofMinutes(1)));
    }

    @AfterEach
    void close() {
        dialer.close();
        trunk.close();
    }

    private static Flow read(String flow) {
        return FlowReader.read(flow.replace('\'', '"'));
    }

    private FlowCall dial(String number, String flow) {
        return runner.dial(DialRequest.over("carrier", number), read(flow));
    }

    /** The call of a number, which is over. */
    private TrunkCall over(String number) throws InterruptedException {
        String callId = trunk.calls().stream()
                .filter(call -> call.number().equals(number))
                .findFirst()
                .orElseThrow()
                .callId();
        return trunk.awaitEnd(callId, SOON).orElseThrow();
    }

    private static long heardMillis(TrunkCall call, int hertz) {
        return PROBE.tones(call.media().orElseThrow().pcm()).stream()
                .filter(tone -> tone.hertz() == hertz)
                .mapToLong(tone -> tone.endMillis() - tone.startMillis())
                .sum();
    }

    private static CallEnd.Kind end(TrunkCall call) {
        return call.end().orElseThrow().kind();
    }

    private static String connect(String more, String... numbers) {
        var destinations = new StringBuilder();
        for (String number : numbers)
            destinations.append(destinations.isEmpty() ? "" : ",").append("{'type':'tel','target':'" + number + "'}");
        return "{'type':'connect','option':{'source':{'type':'tel','target':'+4930555'},'destinations':[" + destinations
                + "]" + more + "}}";
    }

    private static final String BEEP = "{'type':'beep','option':{'frequency':2100,'duration':300}}";

    @Test
    void v08AndV09WhoIsConnectedHearsRingingThenTheOtherAndGoesOnWhenHeHangsUp() throws Exception {
        FlowResult result = dial("1", "[" + connect("", "4") + "," + BEEP + "]").awaitEnd();
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        TrunkCall first = over("1");
        TrunkCall other = over("4");
        assertThat(heardMillis(first, 440)).isGreaterThan(100);
        assertThat(heardMillis(first, 1100)).isGreaterThan(100);
        // The ringing ends when the other is heard: it would sound for two seconds.
        assertThat(heardMillis(first, 440)).isLessThan(1950);
        assertThat(heardMillis(other, 500)).isGreaterThan(100);
        assertThat(heardMillis(first, 2100)).isGreaterThan(100);
        assertThat(end(other)).isEqualTo(CallEnd.Kind.CALLEE_HUNG_UP);
        assertThat(end(first)).isEqualTo(CallEnd.Kind.CALLER_HUNG_UP);
        assertThat(other.from()).contains("+4930555@");
    }

    @Test
    void v10WhoIsBusyIsPassedOver() throws Exception {
        FlowResult result =
                dial("1", "[" + connect("", "1002") + "," + BEEP + "]").awaitEnd();
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(heardMillis(over("1"), 2100)).isGreaterThan(100);
        assertThat(end(over("1002"))).isEqualTo(CallEnd.Kind.REFUSED);
    }

    @Test
    void v12WithEarlyMediaTheOthersNetworkIsHeardBeforeTheAnswer() throws Exception {
        FlowResult result =
                dial("1001", "[" + connect(",'early_media':true", "5") + "]").awaitEnd();
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        TrunkCall first = over("1001");
        List<ToneProbe.Tone> tones = PROBE.tones(first.media().orElseThrow().pcm());
        // The callee's own ringing comes through, and then the callee.
        assertThat(heardMillis(first, 440)).isGreaterThan(100);
        assertThat(heardMillis(first, 1100)).isGreaterThan(100);
        assertThat(tones.getLast().hertz()).isEqualTo(1100);
    }

    @Test
    void v13OfTwoTheFirstWhoAnswersIsConnectedAndTheOtherCancelled() throws Exception {
        FlowResult result = dial("1", "[" + connect("", "6", "9") + "]").awaitEnd();
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(end(over("6"))).isEqualTo(CallEnd.Kind.CANCELED);
        assertThat(heardMillis(over("9"), 500)).isGreaterThan(100);
    }

    @Test
    void aFlowThatIsCancelledGivesUpWhomItDials() throws Exception {
        FlowCall call = dial("1", "[" + connect("", "6") + "]");
        while (trunk.calls().size() < 2)
            assertThat(call.awaitEnd(Duration.ofMillis(20))).isEmpty();
        call.cancel();
        assertThat(call.awaitEnd().end()).isEqualTo(FlowEnd.CANCELLED);
        assertThat(end(over("6"))).isEqualTo(CallEnd.Kind.CANCELED);
    }

    @Test
    void keysReachTheOtherAndTheFlow() throws Exception {
        FlowCall call = dial("8", "[" + connect("", "1001") + "]");
        call.call().awaitAnswer();
        while (!call.variables().get("voipbin.call.digits").orElse("").equals("7"))
            assertThat(call.awaitEnd(Duration.ofMillis(50))).isEmpty();
        assertThat(call.awaitEnd(Duration.ofMillis(1200))).isEmpty();
        call.call().hangUp();
        assertThat(call.awaitEnd().end()).isEqualTo(FlowEnd.CALL_ENDED);
        TrunkCall other = over("1001");
        assertThat(other.media().orElseThrow().digitsReceived()).isEqualTo("7");
        assertThat(end(other)).isEqualTo(CallEnd.Kind.CALLER_HUNG_UP);
    }

    @Test
    void v52ThePeersToneReturnsForThreeSecondsAndThenTheNextStepComes() throws Exception {
        FlowResult result = dial("3", "[{'type':'echo','option':{'duration':3000}}," + BEEP + "]")
                .awaitEnd();
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        TrunkCall first = over("3");
        assertThat(heardMillis(first, 1700)).isBetween(2300L, 3300L);
        assertThat(heardMillis(first, 2100)).isGreaterThan(100);
        assertThat(PROBE.tones(first.media().orElseThrow().pcm()).getLast().hertz())
                .isEqualTo(2100);
    }

    @Test
    void aStreamEchoReturnsToneAndKeys() throws Exception {
        FlowResult result =
                dial("7", "[{'type':'stream_echo','option':{'duration':4000}}]").awaitEnd();
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        TrunkCall first = over("7");
        assertThat(heardMillis(first, 1700)).isBetween(300L, 1300L);
        assertThat(heardMillis(first, 500)).isGreaterThan(100);
        assertThat(first.media().orElseThrow().digitsReceived()).isEqualTo("19#");
    }

    @Test
    void echoGoesOnAfterAHold() throws Exception {
        FlowCall call = dial("3", "[{'type':'stream_echo','option':{'duration':60000}}]");
        call.call().awaitAnswer();
        assertThat(call.awaitEnd(Duration.ofMillis(300))).isEmpty();
        call.call().hold();
        call.call().resume();
        assertThat(call.awaitEnd(Duration.ofMillis(900))).isEmpty();
        call.call().stopEcho();
        assertThat(call.awaitEnd(Duration.ofMillis(400))).isEmpty();
        call.call().hangUp();
        call.awaitEnd();
        TrunkCall first = over("3");
        assertThat(heardMillis(first, 1700)).isBetween(300L, 2500L);
        // Silence follows.
        List<ToneProbe.Tone> tones = PROBE.tones(first.media().orElseThrow().pcm());
        assertThat(first.media().orElseThrow().pcm().length / 8
                        - tones.getLast().endMillis())
                .isGreaterThan(100);
    }

    @Test
    void inAConferenceOfThreeEachHearsTheOthersUntilItIsEnded() throws Exception {
        String flow = "[{'type':'confbridge_join','option':{'confbridge_id':'ours'}}," + BEEP + "]";
        List<FlowCall> calls =
                Stream.of("1", "2", "3").map(number -> dial(number, flow)).toList();
        FlowCall any = calls.getFirst();
        while (runner.conferences().list().getOrDefault("ours", List.of()).size() < 3)
            assertThat(any.awaitEnd(Duration.ofMillis(20))).isEmpty();
        assertThat(any.awaitEnd(Duration.ofMillis(1000))).isEmpty();
        assertThat(runner.conferences().end("ours")).isTrue();
        for (FlowCall call : calls) assertThat(call.awaitEnd().end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(runner.conferences().list()).isEmpty();
        assertThat(heardMillis(over("1"), 1100)).isGreaterThan(100);
        assertThat(heardMillis(over("1"), 1700)).isGreaterThan(100);
        assertThat(heardMillis(over("2"), 500)).isGreaterThan(100);
        assertThat(heardMillis(over("3"), 500)).isGreaterThan(100);
        assertThat(heardMillis(over("3"), 1700)).isZero();
        assertThat(heardMillis(over("3"), 2100)).isGreaterThan(100);
    }

    @Test
    void v54AChainedCallEndsWithItsMaster() throws Exception {
        FlowCall master = dial(
                "1",
                "[{'type':'call','option':{'chained':true,'destinations':[{'type':'tel','target':'6'},"
                        + "{'type':'tel','target':'1001'}],'actions':[{'type':'sleep','option':{'duration':60000}}]}},"
                        + "{'type':'sleep','option':{'duration':800}}]");
        FlowResult result = master.awaitEnd();
        assertThat(result.outcome().kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(end(over("6"))).isEqualTo(CallEnd.Kind.CANCELED);
        assertThat(end(over("1001"))).isEqualTo(CallEnd.Kind.CALLER_HUNG_UP);
    }
}
