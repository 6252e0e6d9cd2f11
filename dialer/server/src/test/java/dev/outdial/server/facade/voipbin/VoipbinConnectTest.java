package dev.outdial.server.facade.voipbin;

import static dev.outdial.server.facade.voipbin.VoipbinBench.answers;
import static dev.outdial.server.facade.voipbin.VoipbinBench.count;
import static dev.outdial.server.facade.voipbin.VoipbinBench.end;
import static dev.outdial.server.facade.voipbin.VoipbinBench.pause;
import static dev.outdial.server.facade.voipbin.VoipbinBench.persona;
import static dev.outdial.server.facade.voipbin.VoipbinBench.tone;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.facade.voipbin.VoipbinBench.Placed;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.uas.CallEnd;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Flows that connect their call with another, or place further ones. */
@Tag("slow")
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
class VoipbinConnectTest {
    private static final int A = 500;
    private static final int B = 1100;
    /** 440 and 480 Hz are ringing. */
    private static final ToneProbe PROBE = ToneProbe.hertz(440, A, B, 1700, 2100);

    private static final String BEEP = "{'type':'beep','option':{'frequency':2100,'duration':300}}";

    private static final DialPlan PLAN = DialPlan.standard()
            .with("+15551000408", persona(new Step.Answer(), tone(A, 60_000)))
            .with(
                    "+15551000409",
                    persona(new Step.Ring(), pause(1500), new Step.Answer(), tone(B, 4000), new Step.HangUp()))
            .with("+15551000411", persona(new Step.Refuse(486)))
            .with(
                    "+15551000413",
                    persona(new Step.EarlyMedia(), pause(900), new Step.Answer(), tone(B, 1000), new Step.HangUp()))
            .with("+15551000415", persona(new Step.Ring()))
            .with(
                    "+15551000416",
                    persona(new Step.Ring(), pause(1500), new Step.Answer(), pause(1000), new Step.HangUp()))
            .with("+15551000452", persona(new Step.Answer(), tone(1700, 60_000)))
            .with("+15551000455", persona(new Step.Ring()))
            .otherwise(answers());

    @TempDir
    static Path folder;

    private static VoipbinBench voipbin;

    @BeforeAll
    static void open() throws Exception {
        voipbin = VoipbinBench.open(folder, PLAN);
    }

    @AfterAll
    static void close() {
        voipbin.close();
    }

    private static String connect(String more, String... numbers) {
        var destinations = new StringBuilder();
        for (String number : numbers) {
            destinations.append(destinations.isEmpty() ? "" : ",").append("{'type':'tel','target':'" + number + "'}");
        }
        return "{'type':'connect','option':{'source':{'type':'tel','target':'+15559876543'},'destinations':["
                + destinations + "]" + more + "}}";
    }

    private static long heardMillis(TrunkCall call, int hertz) {
        return PROBE.tones(call.media().orElseThrow().pcm()).stream()
                .filter(tone -> tone.hertz() == hertz)
                .mapToLong(tone -> tone.endMillis() - tone.startMillis())
                .sum();
    }

    /** V08, V09. */
    @Test
    void v08v09TwoAreConnectedUntilOneHangsUp() throws Exception {
        Placed call = voipbin.place(
                "+15551000408",
                "[{'type':'talk','option':{'text':'one moment'}}," + connect("", "+15551000409") + "," + BEEP + "]");
        call.awaitAction("connect");
        String bridge = voipbin.call(call.id()).path("confbridge_id").asText();
        assertThat(bridge).isNotEqualTo(Ids.NONE);
        FacadeBench.await("the other in the same bridge", () -> {
            try {
                return voipbin.awaitListed("+15551000409")
                        .path("confbridge_id")
                        .asText()
                        .equals(bridge);
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        });
        TrunkCall second = voipbin.bench.awaitEndOfCallTo("+15551000409");
        assertThat(second.from()).contains("+15559876543@");
        assertThat(heardMillis(second, A)).isGreaterThan(300);
        assertThat(end(second)).isEqualTo(CallEnd.Kind.CALLEE_HUNG_UP);
        TrunkCall first = call.heard();
        assertThat(heardMillis(first, 440)).isGreaterThan(100);
        assertThat(heardMillis(first, B)).isGreaterThan(300);
        assertThat(heardMillis(first, 2100)).isGreaterThan(100);
        assertThat(end(first)).isEqualTo(CallEnd.Kind.CALLER_HUNG_UP);
        assertThat(call.over().path("hangup_reason").asText()).isEqualTo("normal");
        further(call, "+15551000409", "remote", "normal");
    }

    /** The other call as the API shows it. */
    private static void further(Placed master, String number, String by, String reason) throws Exception {
        String id = voipbin.awaitListed(number).path("id").asText();
        JsonNode other = voipbin.await(id, "hangup");
        assertThat(other.path("hangup_by").asText()).isEqualTo(by);
        assertThat(other.path("hangup_reason").asText()).isEqualTo(reason);
        assertThat(other.path("master_call_id").asText()).isEqualTo(master.id());
    }

    /** V10. */
    @Test
    void v10WhoIsBusyIsPassedOver() throws Exception {
        Placed call = voipbin.place("+15551000410", "[" + connect("", "+15551000411") + "," + BEEP + "]");
        assertThat(heardMillis(call.heard(), 2100)).isGreaterThan(100);
        assertThat(end(voipbin.bench.awaitEndOfCallTo("+15551000411"))).isEqualTo(CallEnd.Kind.REFUSED);
        further(call, "+15551000411", "remote", "busy");
    }

    /** V12. */
    @Test
    void v12WithEarlyMediaTheOthersNetworkIsHeardBeforeTheAnswer() throws Exception {
        Placed call = voipbin.place("+15551000412", "[" + connect(",'early_media':true", "+15551000413") + "]");
        TrunkCall first = call.heard();
        // The callee's own ringing comes through, and then the callee.
        assertThat(heardMillis(first, 440)).isGreaterThan(100);
        assertThat(heardMillis(first, B)).isGreaterThan(100);
        assertThat(PROBE.tones(first.media().orElseThrow().pcm()).getLast().hertz())
                .isEqualTo(B);
    }

    /** V13. */
    @Test
    void v13OfTwoTheFirstWhoAnswersIsConnectedAndTheOtherCancelled() throws Exception {
        Placed call = voipbin.place("+15551000414", "[" + connect("", "+15551000415", "+15551000416") + "]");
        assertThat(end(voipbin.bench.awaitEndOfCallTo("+15551000415"))).isEqualTo(CallEnd.Kind.CANCELED);
        assertThat(end(voipbin.bench.awaitEndOfCallTo("+15551000416"))).isEqualTo(CallEnd.Kind.CALLEE_HUNG_UP);
        assertThat(call.over().path("hangup_reason").asText()).isEqualTo("normal");
    }

    /** V48. */
    @Test
    void v48WhoStaysAnonymousIsNamedToTheTrunkAlone() throws Exception {
        Placed call = voipbin.place("+15551000448", "[{'type':'hangup'}]", "'anonymous':'yes'");
        SipMessage invite = call.heard().messages().stream()
                .map(message -> message.message())
                .filter(message -> message.isRequest("INVITE"))
                .findFirst()
                .orElseThrow();
        assertThat(invite.header("From").orElseThrow()).contains("anonymous").doesNotContain("15551234567");
        assertThat(invite.header("Privacy")).hasValue("id");
        assertThat(invite.header("P-Asserted-Identity").orElseThrow()).contains(VoipbinBench.OURS);
    }

    /** V52. */
    @Test
    void v52ThePeersToneReturnsForThreeSecondsAndThenTheNextActionComes() throws Exception {
        Placed call = voipbin.place("+15551000452", "[{'type':'echo','option':{'duration':3000}}," + BEEP + "]");
        TrunkCall heard = call.heard();
        assertThat(heardMillis(heard, 1700))
                .as("how much of it is heard of a slow machine is not judged")
                .isBetween(1000L, 3400L);
        assertThat(PROBE.tones(heard.media().orElseThrow().pcm()).getLast().hertz())
                .isEqualTo(2100);
    }

    /** V54. */
    @Test
    void v54AChainedCallEndsWithItsMaster() throws Exception {
        Placed call = voipbin.place(
                "+15551000454",
                "[{'type':'call','option':{'chained':true,'destinations':[{'type':'tel','target':'+15551000455'},"
                        + "{'type':'tel','target':'+15551000456'}],'actions':[{'type':'sleep','option':{'duration':60000}}]}},"
                        + "{'type':'sleep','option':{'duration':1500}}]");
        assertThat(count(call.heard(), "> BYE")).isEqualTo(1);
        assertThat(end(voipbin.bench.awaitEndOfCallTo("+15551000455"))).isEqualTo(CallEnd.Kind.CANCELED);
        assertThat(end(voipbin.bench.awaitEndOfCallTo("+15551000456"))).isEqualTo(CallEnd.Kind.CALLER_HUNG_UP);
    }
}
