package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.flow.run.CalleeNotes.Phrase;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.probe.DigitProbe.HeardDigit;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.web.WebAnswers;
import dev.outdial.testbed.web.WebServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What flows say, play and hear in calls over the wire. The cases are those of the behaviour specification. */
@Tag("slow")
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class SpokenFlowTest {
    private static final DialPlan PLAN = DialPlan.standard()
            .with("2001", presses("1", 250))
            .with("2002", presses("12#", 900))
            .with("2003", presses("12", 900))
            .with("2004", afterMessage("2"))
            .with("2005", afterMessage("9"))
            .with("2006", hangsUpAfter(400));

    @TempDir
    static Path folder;

    private static FlowBench bench;

    private static WebServer web;

    private static Persona presses(String keys, int afterMillis) {
        return Persona.of(
                "answers and presses keys",
                new Step.Answer(),
                new Step.Wait(Duration.ofMillis(afterMillis)),
                new Step.Press(keys));
    }

    private static Persona afterMessage(String keys) {
        return Persona.of(
                "answers, listens and presses keys",
                new Step.Answer(),
                new Step.AwaitMessage(Duration.ofMillis(120)),
                new Step.Press(keys));
    }

    private static Persona hangsUpAfter(int millis) {
        return Persona.of(
                "answers and hangs up", new Step.Answer(), new Step.Wait(Duration.ofMillis(millis)), new Step.HangUp());
    }

    @BeforeAll
    static void open() throws Exception {
        bench = new FlowBench(folder, PLAN);
        web = WebServer.open()
                .on("/tone.wav", WebAnswers.content("audio/wav", WavFile.bytes(new Tones(0.4, 1775).samples(400))));
    }

    @AfterAll
    static void close() {
        bench.close();
        web.close();
    }

    /** A menu of branches on one key. */
    private static String menu(int waitMillis) {
        return """
            [{"id": "prompt", "type": "talk", "option": {"text": "one or two"}},
             {"type": "digits_receive", "option": {"duration": %d, "length": 1}},
             {"type": "branch", "option": {"default_target_id": "other", "target_ids": {"1": "first", "2": "second"}}},
             {"id": "first", "type": "talk", "option": {"text": "this is the first"}},
             {"type": "hangup"},
             {"id": "second", "type": "talk", "option": {"text": "this is the second"}},
             {"type": "talk", "option": {"text": "left: ${voipbin.call.digits}."}},
             {"type": "hangup"},
             {"id": "other", "type": "talk", "option": {"text": "no such number"}},
             {"type": "goto", "option": {"target_id": "prompt", "loop_count": 1}},
             {"type": "talk", "option": {"text": "good bye"}}]
            """.formatted(waitMillis);
    }

    /** V01, V02. */
    @Test
    void wordsAreHeardAfterTheAnswerAndThenWeHangUp() throws Exception {
        FlowBench.Run run = bench.dial(FlowBench.to("1001").from("+15551234567"), """
                [{"type": "talk", "option": {"text": "hello and welcome", "language": "en-US"}}]
                """);
        CalleeNotes notes = run.notes();
        assertThat(notes.request("INVITE").from().orElseThrow().uri().toString())
                .contains("+15551234567");
        assertThat(notes.phrases()).containsExactly("hello and welcome");
        assertThat(notes.glance()).last().isEqualTo("< 200 OK");
        assertThat(notes.countOf("> BYE")).isEqualTo(1);
        assertThat(run.ended().end()).isEqualTo(FlowEnd.COMPLETED);
        CallOutcome outcome = run.flowCall().call().awaitEnd();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.LOCAL);
    }

    /** V03, V04. */
    @Test
    void aFileThatCannotBeHadIsLeftOutAndTheNextIsHeard() throws Exception {
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "play", "option": {"stream_urls": ["%s", "%s"]}},
                 {"type": "talk", "option": {"text": "that was it"}}]
                """.formatted(web.uri("/missing.wav"), web.uri("/tone.wav")));
        CalleeNotes notes = run.notes();
        assertThat(notes.millisOf(1775)).isBetween(340L, 460L);
        assertThat(notes.phrases()).containsExactly("that was it");
        assertThat(run.ended().end()).isEqualTo(FlowEnd.COMPLETED);
    }

    /** V14 with shorter keys; V15. */
    @ParameterizedTest
    @CsvSource({"dtmf_send, dtmfs, 120, 80", "digits_send, digits, 100, 50"})
    void keysAreSentAsLongAndAsFarApartAsWasSaid(String type, String option, int duration, int interval)
            throws Exception {
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "%s", "option": {"%s": "12*#", "duration": %d, "interval": %d}},
                 {"type": "talk", "option": {"text": "sent"}}]
                """.formatted(type, option, duration, interval));
        CalleeNotes notes = run.notes();
        List<HeardDigit> keys = notes.media().heardDigits();
        assertThat(notes.media().digitsReceived()).isEqualTo("12*#");
        assertThat(keys)
                .allSatisfy(key -> assertThat(key.durationMillis()).isBetween(duration - 20L, duration + 20L))
                .allSatisfy(key -> assertThat(key.ended()).isTrue());
        long firstToLast = (keys.getLast().atNanos() - keys.getFirst().atNanos()) / 1_000_000;
        assertThat(firstToLast).isBetween(3L * (duration + interval) - 100, 3L * (duration + interval) + 500);
        assertThat(notes.phrases()).containsExactly("sent");
    }

    /** V16. */
    @Test
    void aKeyAfterThePromptChoosesItsBranchAndIsForgotten() throws Exception {
        FlowBench.Run run = bench.dial("2004", menu(5000));
        assertThat(run.notes().knowing("left: .").phrases())
                .containsExactly("one or two", "this is the second", "left: .");
        assertThat(run.notes().countOf("> BYE")).isEqualTo(1);
        assertThat(run.ended().end()).isEqualTo(FlowEnd.HUNG_UP);
    }

    /** V17 with a shorter wait. */
    @Test
    void whoPressesNothingHearsTheDefaultAsOftenAsTheLoopHasIt() throws Exception {
        FlowBench.Run run = bench.dial("1001", menu(200));
        assertThat(run.notes().phrases())
                .containsExactly("one or two", "no such number", "one or two", "no such number", "good bye");
        assertThat(run.ended().end()).isEqualTo(FlowEnd.COMPLETED);
    }

    /** V18. */
    @Test
    void aKeyThatHasNoBranchTakesTheDefault() throws Exception {
        FlowBench.Run run = bench.dial("2005", menu(600));
        assertThat(run.notes().phrases()).startsWith("one or two", "no such number", "one or two");
    }

    /** V19. */
    @Test
    void aKeyDuringThePromptIsTypedAhead() throws Exception {
        FlowBench.Run run = bench.dial("2001", menu(5000));
        List<Phrase> heard = run.notes().phrasesAndTimes();
        assertThat(heard).extracting(Phrase::text).containsExactly("one or two", "this is the first");
        assertThat(heard.get(1).startMillis() - heard.get(0).startMillis())
                .isBetween(FlowBench.PHRASE_MILLIS - 20, FlowBench.PHRASE_MILLIS + 400);
    }

    /** V20. */
    @Test
    void aKeyEndsWordsThatItMayEnd() throws Exception {
        FlowBench.Run run = bench.dial("2001", """
                [{"type": "talk", "option": {"digits_handle": "next",
                    "text": "<speak>one<break time='20ms'/>two<break time='20ms'/>three</speak>"}},
                 {"type": "empty"},
                 {"type": "talk", "option": {"text": "you pressed ${voipbin.call.digits}"}}]
                """);
        List<Phrase> heard = run.notes().knowing("one", "two", "you pressed 1").phrasesAndTimes();
        assertThat(heard).extracting(Phrase::text).endsWith("you pressed 1").doesNotContain("two", "three");
        // The key was pressed 250 ms after the answer, held for a while, and told at its end.
        assertThat(run.millisBetween("talk", "empty")).isLessThan(250 + 200 + 500);
    }

    /** V21, V22. */
    @ParameterizedTest
    @CsvSource({"2002, '\"duration\": 10000, \"key\": \"#\"', 12#", "2003, '\"duration\": 1700, \"length\": 4', 12"})
    void keysAreReceivedUntilTheLastOneOrTheEndOfTheirTime(String number, String options, String expected)
            throws Exception {
        FlowBench.Run run = bench.dial(number, """
                [{"type": "digits_receive", "option": {%s}},
                 {"type": "talk", "option": {"text": "received ${voipbin.call.digits}"}}]
                """.formatted(options));
        CalleeNotes notes = run.notes().knowing("received " + expected);
        assertThat(notes.phrases()).containsExactly("received " + expected);
        if (expected.equals("12"))
            assertThat(run.millisBetween("digits_receive", "talk")).isBetween(1400L, 2500L);
    }

    /** V23. */
    @Test
    void aGotoWithoutALoopCountIsNotTaken() throws Exception {
        FlowBench.Run run = bench.dial("1001", """
                [{"id": "begin", "type": "talk", "option": {"text": "once"}},
                 {"type": "goto", "option": {"target_id": "begin"}},
                 {"type": "goto", "option": {"target_id": "begin", "loop_count": 0}}]
                """);
        assertThat(run.notes().phrases()).containsExactly("once");
        assertThat(run.ended().end()).isEqualTo(FlowEnd.COMPLETED);
    }

    /** V25, V26. */
    @Test
    void variablesAreFilledInAndCompared() throws Exception {
        FlowBench.Run run = bench.dial(FlowBench.to("1001").with("name", "Ann").with("voipbin.call.id", "forged"), """
                [{"type": "talk", "option": {"text": "Hi ${name}"}},
                 {"type": "variable_set", "option": {"key": "tier", "value": "gold"}},
                 {"type": "condition_variable", "option": {"condition": "==", "variable": "tier",
                    "value_type": "string", "value_string": "gold", "false_target_id": "wrong"}},
                 {"type": "condition_variable", "option": {"condition": "==", "variable": "${tier}",
                    "value_type": "string", "value_string": "gold", "false_target_id": "wrong"}},
                 {"type": "condition_variable", "option": {"condition": "!=", "variable": "voipbin.call.id",
                    "value_type": "string", "value_string": "forged", "false_target_id": "wrong"}},
                 {"type": "talk", "option": {"text": "right"}},
                 {"type": "hangup"},
                 {"id": "wrong", "type": "talk", "option": {"text": "wrong"}}]
                """);
        assertThat(run.notes().knowing("Hi Ann").phrases()).containsExactly("Hi Ann", "right");
    }

    /** V30. */
    @Test
    void whoHangsUpInTheMiddleOfAWordEndsTheFlow() throws Exception {
        FlowBench.Run run = bench.dial("2006", """
                [{"type": "talk", "option": {"text": "cut off"}}, {"type": "talk", "option": {"text": "never said"}}]
                """);
        CalleeNotes notes = run.notes();
        assertThat(notes.phrases()).isEmpty();
        assertThat(notes.glance()).containsSubsequence("< BYE", "> 200 OK");
        assertThat(notes.countOf("> BYE")).isZero();
        assertThat(run.ended().end()).isEqualTo(FlowEnd.CALL_ENDED);
        assertThat(run.flowCall().call().awaitEnd().endedBy()).isEqualTo(EndedBy.REMOTE);
        assertThat(notes.media().received().durationMillis()).isLessThan(2 * FlowBench.PHRASE_MILLIS);
    }

    /** V44. */
    @Test
    void whatIsSaidWhileMutedIsNotHeard() throws Exception {
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "mute", "option": {"direction": "out", "state": "on"}},
                 {"type": "talk", "option": {"text": "behind the curtain"}},
                 {"type": "mute", "option": {"direction": "out", "state": "off"}},
                 {"type": "talk", "option": {"text": "in the light"}}]
                """);
        List<Phrase> heard = run.notes().phrasesAndTimes();
        assertThat(heard).extracting(Phrase::text).containsExactly("in the light");
        assertThat(heard.getFirst().startMillis()).isGreaterThan(FlowBench.PHRASE_MILLIS - 20);
    }

    /** V45. */
    @Test
    void wordsBesideASleepingFlowAreHeardAndItSleepsOn() throws Exception {
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "sleep", "option": {"duration": 1500}}, {"type": "talk", "option": {"text": "awake"}}]
                """);
        run.awaitStep("sleep");
        run.flowCall().call().say("beside");
        List<Phrase> heard = run.notes().knowing("beside").phrasesAndTimes();
        assertThat(heard).extracting(Phrase::text).containsExactly("beside", "awake");
        assertThat(run.millisBetween("sleep", "talk")).isBetween(1200L, 2500L);
        assertThat(run.all())
                .filteredOn(FlowHappening.StepStarted.class::isInstance)
                .hasSize(2);
    }

    /** V24, V49: what cannot go on is ended. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            FAILED; [{"type": "branch", "option": {"default_target_id": "nowhere"}}]
            LIMIT;  [{"id": "a", "type": "empty"}, {"type": "goto", "option": {"target_id": "a", "loop_count": 100000}}]
            """)
    void aFlowThatCannotGoOnEndsItsCall(FlowEnd end, String json) throws Exception {
        FlowBench.Run run = bench.dial("1001", json);
        assertThat(run.ended().end()).isEqualTo(end);
        assertThat(run.ended().why()).isNotEmpty();
        assertThat(run.notes().countOf("> BYE")).isEqualTo(1);
        assertThat(run.flowCall().call().awaitEnd().reason()).isNotEmpty();
    }

    /** V48. */
    @Test
    void whoStaysAnonymousIsNamedToTheTrunkAlone() throws Exception {
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "connect", "option": {"anonymous": "yes", "source": {"type": "tel", "target": "+15559876543"},
                    "destinations": [{"type": "extension", "target": "1002"}]}}]
                """);
        run.notes();
        SipMessage invite = CalleeNotes.of(bench.onlyCallTo("1002"), "").request("INVITE");
        assertThat(invite.header("From").orElseThrow()).contains("anonymous").doesNotContain("15559876543");
        assertThat(invite.header("Privacy")).hasValue("id");
        assertThat(invite.header("P-Asserted-Identity").orElseThrow()).contains("+15559876543");
    }
}
