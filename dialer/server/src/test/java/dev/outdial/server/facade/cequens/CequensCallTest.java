package dev.outdial.server.facade.cequens;

import static dev.outdial.server.facade.cequens.CequensBench.HERTZ;
import static dev.outdial.server.facade.cequens.CequensBench.TEXT;
import static dev.outdial.server.facade.cequens.CequensBench.member;
import static dev.outdial.server.facade.cequens.CequensBench.statuses;
import static dev.outdial.server.serve.FacadeBench.PHRASE_MILLIS;
import static dev.outdial.server.serve.FacadeBench.millisOf;
import static dev.outdial.server.serve.FacadeBench.phrases;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.server.serve.FacadeBench.Told;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.dialplan.Step.Answer;
import dev.outdial.testbed.dialplan.Step.HangUp;
import dev.outdial.testbed.dialplan.Step.Press;
import dev.outdial.testbed.dialplan.Step.PressAsTones;
import dev.outdial.testbed.dialplan.Step.PressByInfo;
import dev.outdial.testbed.dialplan.Step.Refuse;
import dev.outdial.testbed.dialplan.Step.Ring;
import dev.outdial.testbed.dialplan.Step.Wait;
import dev.outdial.testbed.probe.SpokenTones;
import dev.outdial.testbed.trunk.TrunkCall;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The acceptance cases of calls, each with a number of its own. */
@Tag("slow")
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class CequensCallTest {
    /** How late a machine may be that does many things at once. */
    private static final long LATE_MILLIS = 1500;

    private static final Step SOON = new Wait(Duration.ofMillis(300));

    @TempDir
    private static Path folder;

    private static CequensBench cequens;
    private static FacadeBench bench;

    private static String number(int which) {
        return "+2010000000" + which;
    }

    private static DialPlan callees() {
        Persona answers = Persona.of("answers", new Answer());
        Persona pressesOne = Persona.of("presses 1 while it is spoken to", new Answer(), SOON, new Press("1"));
        return DialPlan.empty()
                .with(number(20), answers)
                .with(number(31), answers)
                .with(number(33), answers)
                .with(number(40), answers)
                .with(number(50), Persona.of("rings and answers", new Ring(), SOON, new Answer()))
                .with(number(60), Persona.of("rings", new Ring()))
                .with(number(80), pressesOne)
                .with(
                        number(90),
                        Persona.of(
                                "presses 1, and 2# later",
                                new Answer(),
                                SOON,
                                new Press("1"),
                                new Wait(Duration.ofMillis(1500)),
                                new Press("2#")))
                .with(number(10), answers)
                .with(
                        number(12),
                        Persona.of(
                                "hangs up",
                                new Ring(),
                                SOON,
                                new Answer(),
                                new Wait(Duration.ofSeconds(2)),
                                new HangUp()))
                .with(number(13), Persona.of("is busy", new Refuse(486)))
                .with(number(14), Persona.of("declines", new Refuse(603)))
                .with(number(15), Persona.of("is not there", new Refuse(404)))
                .with(number(16), Persona.of("rings and answers", new Ring(), SOON, new Answer()))
                .with(number(17), pressesOne)
                .with(number(18), answers)
                .with(number(70), Persona.of("sends an INFO", new Answer(), SOON, new PressByInfo("1")))
                .with(number(71), Persona.of("presses 1 in the sound", new Answer(), SOON, new PressAsTones("1")));
    }

    @BeforeAll
    static void open() {
        cequens = new CequensBench(folder, callees());
        bench = cequens.bench;
    }

    @AfterAll
    static void close() {
        cequens.close();
    }

    private static long talkMillis(TrunkCall call) {
        return (call.endedNanos().orElseThrow() - call.answeredNanos().orElseThrow()) / 1_000_000;
    }

    private static long spokenMillis(int times) {
        return times * PHRASE_MILLIS + (times - 1) * 1000L;
    }

    /** Callbacks come after the call: waits for one, and a while for one too many. */
    private static Told onlyOne(String path) throws Exception {
        Told one = bench.awaitTold(path, 1).getFirst();
        Thread.sleep(1500); // nothing tells us that no more come
        assertThat(bench.told(path)).hasSize(1);
        return one;
    }

    @Test
    void c02_theWordsAreHeardTwiceAndWeHangUp() throws Exception {
        var json = cequens.call(number(20), "");
        assertThat(json.path("replyCode").asInt(-9)).isZero();
        assertThat(json.at("/data/callId").asText()).hasSize(36);
        TrunkCall call = bench.awaitEndOfCallTo(number(20));
        assertThat(phrases(call, TEXT)).containsExactly(TEXT, TEXT);
        assertThat(call.glance()).contains("> BYE");
    }

    @Test
    void c03_theyAreHeardAsOftenAsWantedWithASecondBetween() throws Exception {
        cequens.call(number(31), ",\"repeat\":1");
        cequens.call(number(33), ",\"repeat\":\"3\"");
        assertThat(phrases(bench.awaitEndOfCallTo(number(31)), TEXT)).containsExactly(TEXT);
        TrunkCall three = bench.awaitEndOfCallTo(number(33));
        assertThat(phrases(three, TEXT)).containsExactly(TEXT, TEXT, TEXT);
        var media = three.media().orElseThrow();
        List<Long> starts = SpokenTones.spoken(media.pcm()).stream()
                .map(SpokenTones.Spoken::startMillis)
                .toList();
        assertThat((double) starts.get(1) - starts.get(0)).isCloseTo(PHRASE_MILLIS + 1000, within(150.0));
        assertThat((double) starts.get(2) - starts.get(1)).isCloseTo(PHRASE_MILLIS + 1000, within(150.0));
        assertThat(media.received().isClean()).as(media.received().toString()).isTrue();
        assertThat(media.received().packetCount())
                .as("packets of silence, too")
                .isGreaterThan(spokenMillis(3) / 20 - 5);
    }

    @Test
    void c04_aFileIsHeardOnceAndNothingIsSaid() throws Exception {
        cequens.call(number(40), member("audioURL", bench.web.uri("/tone.wav").toString()));
        TrunkCall call = bench.awaitEndOfCallTo(number(40));
        assertThat((double) millisOf(HERTZ, call)).isCloseTo(1000, within(100.0));
        assertThat(phrases(call, TEXT)).isEmpty();
    }

    @Test
    void c05_whereTheFileCannotBeHadTheWordsAreSaid() throws Exception {
        String status = cequens.sink("/c05/status");
        cequens.call(
                number(50),
                member("audioUrl", bench.web.uri("/nowhere.wav").toString()) + member("statusCallback", status));
        assertThat(phrases(bench.awaitEndOfCallTo(number(50)), TEXT)).containsExactly(TEXT, TEXT);
        assertThat(statuses(bench.awaitTold("/c05/status", 4)))
                .containsExactly("INITIATED", "RINGING", "ANSWERED", "COMPLETED");
    }

    @Test
    void c06_whoDoesNotAnswerIsRungForSoLongAndNoLonger() throws Exception {
        String status = cequens.sink("/c06/status");
        cequens.call(number(60), ",\"timeout\":3" + member("statusCallbackEndpoint", status));
        TrunkCall call = bench.awaitEndOfCallTo(number(60));
        assertThat(call.glance())
                .contains("> CANCEL", "< 487 Request Terminated")
                .last()
                .isEqualTo("> ACK");
        long ringMillis = (call.endedNanos().orElseThrow() - call.invitedNanos()) / 1_000_000;
        assertThat(ringMillis).isBetween(2850L, 3000L + LATE_MILLIS);
        var told = bench.awaitTold("/c06/status", 3);
        assertThat(statuses(told)).containsExactly("INITIATED", "RINGING", "NOANSWER");
        assertThat(told.get(2).query()).containsEntry("duration", "0");
    }

    @Test
    void c08_aKeyCutsNothingAndIsToldAfterTheCall() throws Exception {
        String keys = cequens.sink("/c08/dtmf");
        cequens.call(number(80), ",\"repeat\":1,\"dtmf\":true" + member("dtmfCallbackEndpoint", keys));
        TrunkCall call = bench.awaitEndOfCallTo(number(80));
        assertThat(phrases(call, TEXT)).containsExactly(TEXT);
        Told told = onlyOne("/c08/dtmf");
        assertThat(told.method()).isEqualTo("GET");
        assertThat(told.query()).containsEntry("dtmf", "1").containsEntry("recipient", number(80));
    }

    @Test
    void c09_theHashEndsTheCall() throws Exception {
        String keys = cequens.sink("/c09/dtmf");
        cequens.call(number(90), ",\"repeat\":1,\"dtmf\":true" + member("dtmfCallbackEndpoint", keys));
        TrunkCall call = bench.awaitEndOfCallTo(number(90));
        assertThat(call.glance()).contains("> BYE");
        assertThat(talkMillis(call)).isLessThan(spokenMillis(1) + 4500);
        assertThat(onlyOne("/c09/dtmf").query()).containsEntry("dtmf", "12");
    }

    @Test
    void c10_withoutAKeyThereAreFiveSecondsOfSilence() throws Exception {
        String keys = cequens.sink("/c10/dtmf");
        cequens.call(number(10), ",\"repeat\":1,\"dtmf\":true" + member("dtmfCallbackEndpoint", keys));
        TrunkCall call = bench.awaitEndOfCallTo(number(10));
        assertThat(talkMillis(call)).isBetween(spokenMillis(1) + 4850, spokenMillis(1) + 5000 + LATE_MILLIS);
        assertThat(phrases(call, TEXT)).containsExactly(TEXT);
        assertThat(onlyOne("/c10/dtmf").query()).containsEntry("dtmf", "");
    }

    @Test
    void c12_eachStatusIsToldOnceWithTheMetadata() throws Exception {
        String status = cequens.sink("/c12/status");
        String metadata = "{\"key\":\"kay01\",\"value\":\"value 01 &+\"}";
        String id = cequens.call(number(12), ",\"metadata\":" + metadata + member("statusCallbackEndpoint", status))
                .at("/data/callId")
                .asText();
        bench.awaitEndOfCallTo(number(12));
        var told = bench.awaitTold("/c12/status", 4);
        Thread.sleep(1500); // nothing tells us that no more come
        assertThat(statuses(bench.told("/c12/status")))
                .containsExactly("INITIATED", "RINGING", "ANSWERED", "COMPLETED");
        var mapper = new ObjectMapper();
        for (Told one : told) {
            assertThat(one.method()).isEqualTo("GET");
            assertThat(one.query()).containsEntry("call_id", id).containsEntry("recipient", number(12));
            assertThat(mapper.readTree(one.query().get("metadata"))).isEqualTo(mapper.readTree(metadata));
            assertThat(Instant.parse(one.query().get("timestamp"))).isBefore(Instant.now());
        }
        assertThat(told.subList(0, 3)).allSatisfy(one -> assertThat(one.query()).doesNotContainKey("duration"));
        assertThat(told.get(3).query().get("duration")).matches("[23]");
    }

    @Test
    void c13_refusalsAreToldWithTheirCodes() throws Exception {
        refused(13, "BUSY", "486");
        refused(14, "REJECTED", "603");
        refused(15, "FAILED", "404");
    }

    private static void refused(int which, String word, String code) throws Exception {
        String path = "/c13/" + which;
        cequens.call(number(which), member("statusCallbackEndpoint", cequens.sink(path)));
        assertThat(bench.awaitEndOfCallTo(number(which)).glance()).last().isEqualTo("> ACK");
        Told last = bench.awaitTold(path, 2).getLast();
        assertThat(last.query()).containsEntry("status", word).containsEntry("sip_code", code);
    }

    @Test
    void c14_aReceiverThatFailsTwiceIsToldOnceAndInOrder() throws Exception {
        var targets = new CopyOnWriteArrayList<String>();
        bench.web.on("/c14/status", exchange -> {
            targets.add(exchange.request().target());
            int status = targets.size() <= 2 ? 500 : 200;
            exchange.send("HTTP/1.1 " + status + " Told\nContent-Length: 0\nConnection: close\n\n");
        });
        cequens.call(
                number(16),
                ",\"repeat\":1"
                        + member(
                                "statusCallbackEndpoint",
                                bench.web.uri("/c14/status").toString()));
        assertThat(phrases(bench.awaitEndOfCallTo(number(16)), TEXT)).containsExactly(TEXT);
        FacadeBench.await("six requests, have " + targets, () -> targets.size() >= 6);
        Thread.sleep(1500); // nothing tells us that no more come
        assertThat(targets.stream().map(target -> target.replaceAll(".*[?&]status=(\\w+).*", "$1")))
                .containsExactly("INITIATED", "INITIATED", "INITIATED", "RINGING", "ANSWERED", "COMPLETED");
    }

    @Test
    void c15_theQueryOfTheEndpointStays() throws Exception {
        String keys = cequens.sink("/c15/dtmf") + "?a=b";
        cequens.call(number(17), ",\"repeat\":1,\"collectInput\":\"true\"" + member("dtmfCallback", keys));
        bench.awaitEndOfCallTo(number(17));
        Told told = onlyOne("/c15/dtmf");
        assertThat(told.target()).startsWith("/c15/dtmf?a=b&call_id=");
        assertThat(told.query()).containsEntry("a", "b").containsEntry("dtmf", "1");
    }

    @Test
    void c16_anUnknownVoiceSpeaksAllTheSame() throws Exception {
        var json = cequens.call(number(18), ",\"voice\":\"Unknown\",\"neural\":true");
        assertThat(json.path("replyCode").asInt(-9)).isZero();
        assertThat(phrases(bench.awaitEndOfCallTo(number(18)), TEXT)).containsExactly(TEXT, TEXT);
    }

    @Test
    void c17_keysByInfoAndInTheSoundAreToldAsAnyOther() throws Exception {
        for (int which : new int[] {70, 71}) {
            String keys = cequens.sink("/c17/" + which);
            cequens.call(number(which), ",\"repeat\":1,\"dtmf\":true" + member("dtmfCallbackEndpoint", keys));
        }
        for (int which : new int[] {70, 71}) {
            bench.awaitEndOfCallTo(number(which));
            assertThat(onlyOne("/c17/" + which).query()).containsEntry("dtmf", "1");
        }
        assertThat(bench.awaitCallTo(number(70)).glance()).contains("< INFO");
    }
}
