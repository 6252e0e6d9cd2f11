package dev.outdial.dialer.flow.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.json.Examples;
import dev.outdial.dialer.flow.machine.FlowLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule where it speaks and where it is silent. Apostrophes stand for quotation marks. */
class FlowLinterTest {
    private static List<String> check(String json) {
        return check(json, FlowSurroundings.NONE);
    }

    private static List<String> check(String json, FlowSurroundings surroundings) {
        return FlowLinter.check(json.replace('\'', '"'), surroundings).stream()
                .map(FlowFinding::toString)
                .map(line -> line.replace('"', '\''))
                .toList();
    }

    @Test
    void whatTheReaderFindsIsTold() {
        assertThat(check("[{'type':'tlak'}]"))
                .containsExactly("actions[0].type: error: unknown action 'tlak' (did you mean 'talk'?)");
        assertThat(check("[")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"talk", "play", "talk-connect", "talk-digits-send", "branch", "groupcall"})
    void theExamplesOfVoipbinAreWithoutFault(String example) throws IOException {
        assertThat(FlowLinter.check(Examples.voipbin(example))).isEmpty();
    }

    @Test
    void aTargetThatDoesNotExistIsAnErrorWithTheNearestOne() {
        assertThat(check("""
                        [{'id':'menu','type':'sleep','option':{'duration':1},'next_id':'ask'},
                         {'id':'asks','type':'branch','option':{'target_ids':{'1':'menue'},'default_target_id':'nothing'}},
                         {'type':'opt_out','option':{'key':'9','target_id':'mneu'}},
                         {'type':'condition_call_status','option':{'status':'ringing','false_target_id':'men'}},
                         {'type':'goto','option':{'target_id':'meno','loop_count':1}}]
                        """))
                .filteredOn(line -> line.contains("error"))
                .containsExactly(
                        "actions[0].next_id: error: no action has the id 'ask' (did you mean 'asks'?)",
                        "actions[1].option.target_ids['1']: error: no action has the id 'menue' (did you mean 'menu'?)",
                        "actions[1].option.default_target_id: error: no action has the id 'nothing'",
                        "actions[2].option.target_id: error: no action has the id 'mneu' (did you mean 'menu'?)",
                        "actions[3].option.false_target_id: error: no action has the id 'men' (did you mean 'menu'?)",
                        "actions[4].option.target_id: error: no action has the id 'meno' (did you mean 'menu'?)");
    }

    @Test
    void aTargetThatAVariableHoldsMayBeAny() {
        assertThat(check("""
                        [{'type':'variable_set','option':{'key':'next','value':'c'}},{'type':'empty','next_id':'${next}'},
                         {'id':'c','type':'digits_receive'},
                         {'type':'branch','option':{'target_ids':{'12':'c'},'default_target_id':'c'}}]
                        """)).isEmpty();
    }

    @Test
    void idsOfAnotherFlowAreNoTargets() {
        assertThat(check("""
                        [{'id':'out','type':'call','option':{'destinations':[{'type':'sip','target':'a@b'}],
                          'actions':[{'type':'sleep','option':{'duration':1},'next_id':'out'}]}}]
                        """))
                .containsExactly("actions[0].option.actions[0].next_id: error: no action has the id 'out'");
    }

    @Test
    void aLoopThatNothingEndsIsAnError() {
        assertThat(check("[{'id':'a','type':'empty'},{'type':'answer','next_id':'a'}]"))
                .containsExactly(
                        "actions[0]: error: no action waits in the loop of actions[0], actions[1], and nothing ends it but the limit of 1000 steps");
        assertThat(check("[{'id':'a','type':'empty','next_id':'a'}]"))
                .containsExactly(
                        "actions[0]: error: no action waits in the loop of actions[0], and nothing ends it but the limit of 1000 steps");
        // The branch empties what it looks at, so that it goes its default way the second time, whatever was pressed
        // before.
        assertThat(check("""
                        [{'id':'a','type':'branch','option':{'target_ids':{'1':'b'},'default_target_id':'a'}},
                         {'id':'b','type':'hangup'}]
                        """))
                .containsExactly(
                        "actions[0]: error: no action waits in the loop of actions[0], and nothing ends it but the limit of 1000 steps");
    }

    @Test
    void aLoopThatOnlyAConditionEndsIsOdd() {
        assertThat(check("""
                        [{'id':'a','type':'condition_call_status','option':{'status':'ringing','false_target_id':'a'}}]
                        """))
                .containsExactly(
                        "actions[0]: warning: no action waits in the loop of actions[0]: where its conditions do not end it, the limit of 1000 steps does");
    }

    @Test
    void aLoopThatWaitsIsAsItShouldBe() {
        assertThat(check("""
                        [{'id':'a','type':'gather'},
                         {'type':'branch','option':{'target_ids':{'1':'b'},'default_target_id':'a'}},
                         {'id':'b','type':'beep','next_id':'a'}]
                        """)).isEmpty();
    }

    @Test
    void aGotoThatGoesRoundWithoutWaitingIsOddAndBeyondTheLimitWrong() {
        String loop = "[{'id':'a','type':'empty'},{'type':'goto','option':{'target_id':'a','loop_count':%d}}]";
        assertThat(check(loop.formatted(500)))
                .containsExactly(
                        "actions[1].option.loop_count: warning: no action need wait in this loop: 500 times through 2 actions is done within a moment");
        assertThat(check(loop.formatted(501)))
                .containsExactly(
                        "actions[1].option.loop_count: error: no action waits in this loop: 501 times through 2 actions is more than the limit of 1000 steps");
        assertThat(check(loop.formatted(501), FlowSurroundings.NONE.within(new FlowLimits(1, 1002))))
                .singleElement()
                .asString()
                .contains("warning");
    }

    @Test
    void aGotoThatGoesRoundMoreOftenThanAFlowMayIsOdd() {
        String loop =
                "[{'id':'a','type':'beep'},{'type':'beep'},{'type':'goto','option':{'target_id':'a','loop_count':%d}}]";
        assertThat(check(loop.formatted(49))).isEmpty();
        assertThat(check(loop.formatted(50)))
                .containsExactly(
                        "actions[2].option.loop_count: warning: 50 times through a loop that waits is more than a flow may: it is ended when it goes on for the 101th time");
    }

    @Test
    void aGotoThatIsNeverTakenIsOdd() {
        assertThat(check("[{'id':'a','type':'beep'},{'type':'goto','option':{'target_id':'a'}}]"))
                .containsExactly(
                        "actions[1].option.loop_count: warning: this goto is never taken: its loop_count is 0, and 1 or more is expected");
    }

    @Test
    void aBranchWithoutADefaultIsOdd() {
        assertThat(check("[{'id':'a','type':'gather'},{'type':'branch','option':{'target_ids':{'1':'a'}}}]"))
                .containsExactly(
                        "actions[1].option.default_target_id: warning: there is none: any value that is not among target_ids ends the flow as failed");
    }

    private static List<String> keys(String before, String... values) {
        String targets = java.util.Arrays.stream(values)
                .map(value -> "'" + value + "':'end'")
                .collect(Collectors.joining(","));
        return check("[" + before + (before.isEmpty() ? "" : ",") + "{'type':'branch','option':{'target_ids':{"
                + targets + "},'default_target_id':'end'}},{'id':'end','type':'stop'}]");
    }

    private static String never(int index, String value, String why) {
        String key = value.matches("[A-Za-z]+") ? "." + value : "['" + value + "']";
        return "actions[" + index + "].option.target_ids" + key + ": warning: '" + value + "' never matches: " + why;
    }

    @Test
    void whatIsNoKeyNeverMatches() {
        assertThat(keys("{'type':'digits_receive','option':{'length':9}}", "one", "1 ", "b", "", "1", "#", "A", "${x}"))
                .containsExactly(
                        never(1, "one", "keys are 0-9, *, #, A-D"),
                        never(1, "1 ", "keys are 0-9, *, #, A-D (did you mean '1'?)"),
                        never(1, "b", "keys are 0-9, *, #, A-D (did you mean 'B'?)"),
                        never(1, "", "where no key was pressed it goes to default_target_id"));
    }

    @Test
    void moreKeysThanAreTakenNeverMatch() {
        assertThat(keys("{'type':'digits_receive'}", "1", "12"))
                .containsExactly(never(1, "12", "at most 1 key is taken by actions[0]"));
        assertThat(keys("{'type':'gather','option':{'max_digits':2}}", "12", "123"))
                .containsExactly(never(1, "123", "at most 2 keys are taken by actions[0]"));
        assertThat(keys("{'type':'beep'}", "1", "12"))
                .containsExactly(never(1, "12", "no action before it takes more than one key"));
        assertThat(keys(
                        "{'type':'digits_receive','option':{'length':4}},{'type':'beep'},{'type':'digits_receive'}",
                        "1234"))
                .noneMatch(line -> line.contains("never matches"));
    }

    @Test
    void keysThatEndItNeverMatchWhereTheyAreNotKept() {
        assertThat(keys("{'type':'digits_receive','option':{'key':'#'}}", "1#", "12", "#1"))
                .containsExactly(never(1, "#1", "actions[0] never leaves these keys"));
        assertThat(keys("{'type':'digits_receive','option':{'key':'#','include_key':false}}", "12", "1#"))
                .containsExactly(never(1, "1#", "actions[0] never leaves these keys"));
        assertThat(keys("{'type':'gather','option':{'allowed_digits':'12'}}", "12", "1#", "13", "3"))
                .containsExactly(
                        never(1, "1#", "actions[0] never leaves these keys"),
                        never(1, "13", "actions[0] never leaves these keys"),
                        never(1, "3", "actions[0] never leaves these keys"));
        // Who presses 3 while the tone is heard is not gathered any more, and is looked at.
        assertThat(keys("{'type':'gather','option':{'allowed_digits':'12'}},{'type':'beep'}", "3"))
                .isEmpty();
    }

    @Test
    void whatABranchHasLookedAtIsGone() {
        assertThat(keys("""
                        {'type':'digits_receive','option':{'length':4}},
                        {'type':'branch','option':{'target_ids':{},'default_target_id':'b'}},{'id':'b','type':'digits_receive'}
                        """, "1234")).containsExactly(never(3, "1234", "at most 1 key is taken by actions[2]"));
    }

    @Test
    void keysThatAnswerTheNextQuestionTooAreOdd() {
        String two = "[{'type':'digits_receive','option':{'length':1,'duration':1000}},%s"
                + "{'type':'talk','option':{'text':'And now?'}},"
                + "{'type':'digits_receive','option':{'length':1,'duration':1000}}]";
        assertThat(check(two.formatted("")))
                .containsExactly("actions[2]: warning: the keys that actions[0] took are still there and count here:"
                        + " put a branch between them, or use gather");
        assertThat(check(two.formatted(
                        "{'type':'branch','option':{'target_ids':{'1':'action-2'},'default_target_id':'action-2'}},")))
                .isEmpty();
        assertThat(check("""
                        [{'id':'ask','type':'digits_receive','option':{'length':1,'duration':1000}},
                         {'type':'condition_call_digits','option':{'length':1,'false_target_id':'again'}},
                         {'type':'hangup'},
                         {'id':'again','type':'goto','option':{'target_id':'ask','loop_count':2}}]
                        """)).isEmpty();
    }

    @Test
    void whereAnybodyElseMayTakeKeysNothingIsSaidOfThem() {
        assertThat(keys("{'type':'fetch_flow','option':{'flow_id':'f'}}", "1234"))
                .isEmpty();
        assertThat(keys("{'type':'variable_set','option':{'key':'${x}','value':'1234'}}", "1234"))
                .doesNotContain(never(1, "1234", "no action before it takes more than one key"));
    }

    @Test
    void wordsThatTheEngineDoesNotSayNeverMatch() {
        assertThat(check("""
                        [{'type':'amd'},
                         {'type':'branch','option':{'variable':'voipbin.call.amd','target_ids':{'MASHINE':'e','HUMAN':'e'},'default_target_id':'e'}},
                         {'id':'e','type':'stop'}]
                        """))
                .containsExactly(never(1, "MASHINE", "it is one of HUMAN, MACHINE, NOTSURE (did you mean 'MACHINE'?)")
                        .replace("['MASHINE']", ".MASHINE"));
    }

    @Test
    void whatIsNeverReachedIsToldOnce() {
        assertThat(check("""
                        [{'type':'empty','next_id':'c'},{'id':'b','type':'beep'},{'id':'c','type':'hangup'},
                         {'type':'beep'},{'type':'beep'}]
                        """))
                .containsExactly(
                        "actions[1]: warning: this action is never reached",
                        "actions[3]: warning: this action is never reached, nor is what follows up to actions[4]");
        assertThat(check("[{'type':'play','option':{'stream_urls':['a'],'loop':true}},{'type':'beep'}]"))
                .containsExactly("actions[1]: warning: this action is never reached");
        assertThat(
                        check(
                                "[{'type':'play','option':{'stream_urls':['a'],'loop':true,'digits_handle':'next'}},{'type':'beep'}]"))
                .isEmpty();
    }

    @Test
    void filesThatAreMissingAreTold() {
        var surroundings = FlowSurroundings.NONE.withMedia(Set.of("there.wav")::contains);
        String flow = """
                [{'type':'play','option':{'stream_urls':['there.wav','gone.wav','https://x/y.wav']}},
                 {'type':'gather','option':{'prompt':{'stream_urls':['gone.mp3']}}},
                 {'type':'variable_set','option':{'key':'f','value':''}},
                 {'type':'play','option':{'stream_urls':['${f}.wav']}}]
                """;
        assertThat(check(flow, surroundings))
                .containsExactly(
                        "actions[0].option.stream_urls[1]: warning: there is no file 'gone.wav' below the media folder; it will be left out",
                        "actions[1].option.prompt.stream_urls[0]: warning: there is no file 'gone.mp3' below the media folder; it will be left out");
        assertThat(check(flow)).isEmpty();
    }

    @Test
    void variablesThatNobodySetsAreTold() {
        String flow = """
                [{'type':'talk','option':{'text':'Hi ${ name }, ${nmae}, ${voipbin.call.digits}, ${voipbin.call.digts}, ${voipbin.our.own}'}},
                 {'type':'variable_set','option':{'key':'name','value':'${title}'}},
                 {'type':'branch','option':{'variable':'choice','target_ids':{},'default_target_id':'c'}},
                 {'id':'c','type':'condition_variable','option':{'condition':'==','variable':'nam','value_string':'x','false_target_id':'d'}},
                 {'id':'d','type':'condition_variable','option':{'condition':'==','variable':'${name}','value_string':'x','false_target_id':'e'}},
                 {'id':'e','type':'condition_variable','option':{'condition':'==','variable':'plain text','value_string':'x','false_target_id':'f'}},
                 {'id':'f','type':'stop'}]
                """;
        assertThat(check(flow))
                .containsExactly(
                        "actions[0].option.text: warning: nothing sets the variable 'nmae' (did you mean 'name'?)",
                        "actions[0].option.text: warning: nothing sets the variable 'voipbin.call.digts' (did you mean 'voipbin.call.digits'?)",
                        "actions[1].option.value: warning: nothing sets the variable 'title'",
                        "actions[2].option.variable: warning: nothing sets the variable 'choice'",
                        "actions[3].option.variable: warning: nothing sets the variable 'nam' (did you mean 'name'?)");
        assertThat(check(flow, FlowSurroundings.NONE.knowing(Set.of("nmae", "title", "choice", "nam"))))
                .containsExactly(
                        "actions[0].option.text: warning: nothing sets the variable 'voipbin.call.digts' (did you mean 'voipbin.call.digits'?)");
    }

    @Test
    void whereSomebodyElseMaySetThemNothingIsSaidOfVariables() {
        assertThat(check("[{'type':'fetch_flow','option':{'flow_id':'f'}},{'type':'talk','option':{'text':'${x}'}}]"))
                .isEmpty();
        assertThat(
                        check(
                                "[{'type':'variable_set','option':{'key':'x${voipbin.call.id}'}},{'type':'talk','option':{'text':'${x}'}}]"))
                .isEmpty();
    }

    @Test
    void whatLooksLikeAVariableAndIsNoneIsTold() {
        assertThat(check("[{'type':'talk','option':{'text':'costs 5 $ or ${price'}}]"))
                .containsExactly(
                        "actions[0].option.text: warning: a '${' is not closed by '}', and is kept as it stands");
        assertThat(check("""
                        [{'type':'branch','option':{'variable':'${voipbin.call.digits}','target_ids':{},'default_target_id':'e'}},
                         {'id':'e','type':'stop'}]
                        """))
                .containsExactly(
                        "actions[0].option.variable: warning: the name of a variable is expected, without '${': its value is looked at, not what it names");
    }

    @Test
    void aFlowOfNothingIsOdd() {
        assertThat(check("[]"))
                .containsExactly("actions: warning: there is nothing to do here, and the call ends at once");
        assertThat(check("[{'type':'call','option':{'destinations':[{'type':'sip','target':'a@b'}],'actions':[]}}]"))
                .containsExactly(
                        "actions[0].option.actions: warning: there is nothing to do here, and the call ends at once");
    }

    @Test
    void theWorstFlowIsLookedThroughInTime() {
        // Everything may come after everything, and nothing waits.
        String flow = IntStream.range(0, 1000)
                .mapToObj(i ->
                        "{'id':'%d','type':'goto','option':{'target_id':'%d','loop_count':1}}".formatted(i, 999 - i))
                .collect(Collectors.joining(",", "[", "]"));
        long start = System.nanoTime();
        assertThat(check(flow)).isNotEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
