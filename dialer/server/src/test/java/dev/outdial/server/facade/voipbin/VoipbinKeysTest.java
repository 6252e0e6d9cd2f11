package dev.outdial.server.facade.voipbin;

import static dev.outdial.server.facade.voipbin.VoipbinBench.answers;
import static dev.outdial.server.facade.voipbin.VoipbinBench.count;
import static dev.outdial.server.facade.voipbin.VoipbinBench.pause;
import static dev.outdial.server.facade.voipbin.VoipbinBench.persona;
import static dev.outdial.server.facade.voipbin.VoipbinBench.starts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.facade.voipbin.VoipbinBench.Placed;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.TrunkCall;
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

/** Keys, branches, loops and variables. */
@Tag("slow")
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
class VoipbinKeysTest {
    private static final DialPlan PLAN = DialPlan.standard()
            .with("+15551000316", afterMessage("2"))
            .with("+15551000318", afterMessage("9"))
            .with("+15551000319", presses("1", 250))
            .with("+15551000320", presses("1", 250))
            .with("+15551000321", presses("12#", 900))
            .with("+15551000322", presses("12", 900))
            .otherwise(answers());

    @TempDir
    static Path folder;

    private static VoipbinBench voipbin;

    private static Persona presses(String keys, long afterMillis) {
        return persona(new Step.Answer(), pause(afterMillis), new Step.Press(keys));
    }

    private static Persona afterMessage(String keys) {
        return persona(new Step.Answer(), new Step.AwaitMessage(Duration.ofMillis(120)), new Step.Press(keys));
    }

    @BeforeAll
    static void open() throws Exception {
        voipbin = VoipbinBench.open(folder, PLAN);
    }

    @AfterAll
    static void close() {
        voipbin.close();
    }

    /** The menu of the documents, in short: prompt, keys, branches, and twice again by default. */
    private static String menu(int waitMillis) {
        return """
            [{'id':'prompt','type':'talk','option':{'text':'one or two'}},
             {'type':'digits_receive','option':{'duration':%d,'length':1}},
             {'type':'branch','option':{'default_target_id':'other','target_ids':{'1':'first','2':'second'}}},
             {'id':'first','type':'talk','option':{'text':'this is the first'}},
             {'type':'hangup'},
             {'id':'second','type':'talk','option':{'text':'this is the second'}},
             {'type':'talk','option':{'text':'left: ${voipbin.call.digits}.'}},
             {'type':'hangup'},
             {'id':'other','type':'talk','option':{'text':'no such number'}},
             {'type':'goto','option':{'target_id':'prompt','loop_count':2}},
             {'type':'talk','option':{'text':'good bye'}},
             {'type':'hangup'}]
            """.formatted(waitMillis);
    }

    private static String received(String options) {
        return "[{'type':'digits_receive','option':{" + options
                + "}},{'type':'talk','option':{'text':'received ${voipbin.call.digits}'}}]";
    }

    /** V14, and V15's first half: the canonical names. */
    @ParameterizedTest
    @CsvSource({"+15551000314, dtmf_send, dtmfs", "+15551000315, digits_send, digits"})
    void v14v15TenKeysHalfASecondEach(String number, String type, String option) throws Exception {
        Placed call = voipbin.place(
                number,
                "[{'type':'talk','option':{'text':'wait'}},{'type':'" + type + "','option':{'" + option
                        + "':'1234567890','duration':500,'interval':500}},{'type':'talk','option':{'text':'done'}}]");
        TrunkCall heard = call.heard();
        var keys = heard.media().orElseThrow().heardDigits();
        assertThat(heard.media().orElseThrow().digitsReceived()).isEqualTo("1234567890");
        assertThat(keys)
                .allSatisfy(key -> assertThat(key.durationMillis()).isBetween(480L, 520L))
                .allSatisfy(key -> assertThat(key.ended()).isTrue());
        assertThat((keys.getLast().atNanos() - keys.getFirst().atNanos()) / 1_000_000)
                .isBetween(8_800L, 20_000L);
        List<Long> talks = call.begun("talk");
        assertThat(talks).hasSize(2);
        assertThat(talks.get(1) - call.begun(type).getFirst()).isBetween(9_300L, 20_000L);
        assertThat(call.phrases()).startsWith("wait");
    }

    /** V16. */
    @Test
    void v16AKeyAfterThePromptChoosesItsBranchAndIsForgotten() throws Exception {
        Placed call = voipbin.place("+15551000316", menu(5000));
        assertThat(call.phrases("left: .")).containsExactly("one or two", "this is the second", "left: .");
        assertThat(count(call.heard(), "> BYE")).isEqualTo(1);
    }

    /** V17 with a wait of 600 ms in place of 5 s, since ten seconds of a call are kept. */
    @Test
    void v17WhoPressesNothingHearsTheDefaultThreeTimes() throws Exception {
        Placed call = voipbin.place("+15551000317", menu(600));
        assertThat(call.phrases())
                .containsExactly(
                        "one or two",
                        "no such number",
                        "one or two",
                        "no such number",
                        "one or two",
                        "no such number",
                        "good bye");
        assertThat(call.begun("branch").getFirst()
                        - call.begun("digits_receive").getFirst())
                .isBetween(550L, 1500L);
        assertThat(count(call.heard(), "> BYE")).isEqualTo(1);
    }

    /** V18. */
    @Test
    void v18AKeyThatHasNoBranchTakesTheDefault() throws Exception {
        assertThat(voipbin.place("+15551000318", menu(600)).phrases())
                .startsWith("one or two", "no such number", "one or two");
    }

    /** V19. */
    @Test
    void v19AKeyDuringThePromptIsTypedAhead() throws Exception {
        Placed call = voipbin.place("+15551000319", menu(5000));
        assertThat(call.phrases()).containsExactly("one or two", "this is the first");
        List<Long> starts = starts(call.heard());
        assertThat(starts.get(1) - starts.get(0))
                .isBetween(FacadeBench.PHRASE_MILLIS - 20, FacadeBench.PHRASE_MILLIS + 600);
    }

    /** V20. */
    @Test
    void v20AKeyEndsWordsThatItMayEnd() throws Exception {
        Placed call = voipbin.place("+15551000320", """
                [{"type":"talk","option":{"digits_handle":"next",
                    "text":"<speak>one<break time='20ms'/>two<break time='20ms'/>three</speak>"}},
                 {"type":"empty"},
                 {"type":"talk","option":{"text":"you pressed ${voipbin.call.digits}"}}]
                """);
        assertThat(call.phrases("one", "two", "three", "you pressed 1"))
                .endsWith("you pressed 1")
                .doesNotContain("two", "three");
        // The key is pressed 250 ms after the answer, held for a while, and told at its end.
        assertThat(call.begun("empty").getFirst() - call.begun("talk").getFirst())
                .isLessThan(250 + 200 + 700);
    }

    /** V21. */
    @Test
    void v21AKeyEndsTheKeys() throws Exception {
        Placed call = voipbin.place("+15551000321", received("'duration':10000,'key':'#'"));
        assertThat(call.phrases("received 12#")).containsExactly("received 12#");
        assertThat(call.begun("talk").getFirst() - call.begun("digits_receive").getFirst())
                .isLessThan(5000);
    }

    /** V22. */
    @Test
    void v22TooFewKeysWaitForTheEndOfTheirTime() throws Exception {
        Placed call = voipbin.place("+15551000322", received("'duration':2200,'length':4"));
        assertThat(call.phrases("received 12")).containsExactly("received 12");
        assertThat(call.begun("talk").getFirst() - call.begun("digits_receive").getFirst())
                .isBetween(1900L, 3500L);
    }

    /** V23. */
    @Test
    void v23AGotoWithoutALoopCountIsNotTaken() throws Exception {
        Placed call = voipbin.place("+15551000323", """
                [{'id':'begin','type':'talk','option':{'text':'once'}},
                 {'type':'goto','option':{'target_id':'begin'}},
                 {'type':'goto','option':{'target_id':'begin','loop_count':0}}]
                """);
        assertThat(call.phrases()).containsExactly("once");
    }

    /** V24, V49. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            +15551000324; failed; [{'type':'branch','option':{'default_target_id':'nowhere'}}]
            +15551000349; limit;  [{'id':'a','type':'empty'},{'type':'goto','option':{'target_id':'a','loop_count':100000}}]
            """)
    void v24v49AFlowThatCannotGoOnEndsItsCall(String number, String end, String actions) throws Exception {
        Placed call = voipbin.place(number, actions);
        assertThat(count(call.heard(), "> BYE")).isEqualTo(1);
        assertThat(call.over().path("hangup_reason").asText()).isEqualTo("normal");
        assertThat(call.over().path("hangup_by").asText()).isEqualTo("local");
        assertThat(call.flowEnd()).isEqualTo(end);
    }

    /** V25, V26. */
    @Test
    void v25v26VariablesAreFilledInAndCompared() throws Exception {
        Placed call = voipbin.place("+15551000325", """
                [{'type':'talk','option':{'text':'Hi ${name}'}},
                 {'type':'variable_set','option':{'key':'tier','value':'gold'}},
                 {'type':'condition_variable','option':{'condition':'==','variable':'tier',
                    'value_type':'string','value_string':'gold','false_target_id':'wrong'}},
                 {'type':'condition_variable','option':{'condition':'==','variable':'${tier}',
                    'value_type':'string','value_string':'gold','false_target_id':'wrong'}},
                 {'type':'condition_variable','option':{'condition':'==','variable':'tier',
                    'value_type':'string','value_string':'silver','false_target_id':'right'}},
                 {'id':'wrong','type':'talk','option':{'text':'wrong'}},
                 {'type':'hangup'},
                 {'id':'right','type':'talk','option':{'text':'call ${voipbin.call.id}'}}]
                """, "'variables':{'name':'Ann','voipbin.call.id':'forged'}");
        assertThat(call.phrases("Hi Ann", "call forged"))
                .hasSize(2)
                .startsWith("Hi Ann")
                .doesNotContain("wrong", "call forged");
    }
}
