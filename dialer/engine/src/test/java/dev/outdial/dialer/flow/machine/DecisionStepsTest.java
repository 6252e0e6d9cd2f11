package dev.outdial.dialer.flow.machine;

import static dev.outdial.dialer.flow.machine.Steps.branchOn;
import static dev.outdial.dialer.flow.machine.Steps.empty;
import static dev.outdial.dialer.flow.machine.Steps.goTo;
import static dev.outdial.dialer.flow.machine.Steps.hangup;
import static dev.outdial.dialer.flow.machine.Steps.receive;
import static dev.outdial.dialer.flow.machine.Steps.set;
import static dev.outdial.dialer.flow.machine.Steps.sleep;
import static dev.outdial.dialer.flow.machine.Steps.step;
import static dev.outdial.dialer.flow.machine.Steps.stop;
import static dev.outdial.dialer.flow.machine.Steps.talk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.DecisionAction.Comparison;
import dev.outdial.dialer.flow.DecisionAction.Value;
import dev.outdial.dialer.flow.HangupReason;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionStepsTest {
    private static final OptionalInt ANY = OptionalInt.empty();

    private static FlowStory condition(DecisionAction condition) {
        return FlowStory.of(step("if", condition), talk("true"), talk("false"));
    }

    private static Comparison comparison(String sign) {
        for (Comparison each : Comparison.values()) if (each.sign().equals(sign)) return each;
        throw new IllegalArgumentException(sign);
    }

    private static String said(FlowStory story) {
        return String.join(",", story.begin().did());
    }

    @ParameterizedTest
    @CsvSource({
        "x, ==, Ann, true",
        "x, ==, Bob, false",
        "x, !=, Bob, true",
        "x, !=, Ann, false",
        "x, <, Bob, true",
        "x, >, Bob, false",
        "x, <=, Ann, true",
        "x, >=, Ann, true",
        "${x}, ==, Ann, true",
        "${x}, ==, ${x}, true",
        "Ann, ==, ${x}, true",
        "unknown, ==, unknown, true",
        "${unknown}, ==, '', true",
        "${name}, ==, x, true",
        "Hi ${x}, ==, Hi Ann, true"
    })
    void textsAreComparedByNameOrAsTheyAre(String variable, String sign, String text, boolean holds) {
        var story = condition(
                        new DecisionAction.ConditionVariable(comparison(sign), variable, new Value.Text(text), "false"))
                .with("x", "Ann")
                .with("name", "x");
        assertThat(said(story)).isEqualTo("say " + holds);
    }

    @ParameterizedTest
    @CsvSource({
        "10, >, 9, true", "10, <, 9, false", "' 7 ', ==, 7, true", "1.50, ==, 1.5, true", "1e2, ==, 100, true",
        "-3, <, 0, true", "none, ==, 0, true", "'', ==, 0, true", "NaN, ==, 0, true", "1d, ==, 0, true",
        "0x1p3, ==, 0, true", "-0, ==, 0, true", "5, !=, 5, false", "5, >=, 5, true", "5, <=, 4, false"
    })
    void numbersAreComparedAsNumbersAndWhatIsNoneIsZero(String value, String sign, double number, boolean holds) {
        var story = condition(
                        new DecisionAction.ConditionVariable(comparison(sign), "x", new Value.Number(number), "false"))
                .with("x", value);
        assertThat(said(story)).isEqualTo("say " + holds);
    }

    @ParameterizedTest
    @CsvSource({"1234, ==, 4, true", "1234, >, 4, false", "'', ==, 0, true", "\uD83D\uDE00, ==, 1, true"})
    void lengthsAreComparedInCharacters(String value, String sign, int length, boolean holds) {
        var story = condition(new DecisionAction.ConditionVariable(
                        comparison(sign), "${x}", new Value.Length(length), "false"))
                .with("x", value);
        assertThat(said(story)).isEqualTo("say " + holds);
    }

    @Test
    void aConditionThatDoesNotHoldNeedsATargetThatExists() {
        var story = FlowStory.of(
                        step(
                                "if",
                                new DecisionAction.ConditionVariable(
                                        Comparison.EQUAL, "a", new Value.Text("b"), "nowhere")),
                        talk("true"))
                .begin();
        assertThat(story.did()).containsExactly("hang up normal");
        assertThat(story.told()).last().asString().startsWith("ended FAILED action \"if\"");
    }

    // 2026-03-02 is a Monday; the minute is 30, in UTC.
    @ParameterizedTest
    @CsvSource({
        "==, , 9, , , '', true",
        "==, 30, 9, 2, 3, MONDAY, true",
        "==, 31, 9, , , '', false",
        ">=, , 9, , , '', true",
        ">, , 9, , , '', false",
        "<, , 17, , , MONDAY, true",
        "<, , 17, , , SUNDAY, false",
        "!=, , , , 12, '', true",
        "!=, , , 2, , '', false",
        "!=, , , , , MONDAY, false",
        "!=, , , , , SUNDAY, true",
        "==, , , , , '', true"
    })
    void theTimeIsComparedInUtcFieldByField(
            String sign,
            @Nullable Integer minute,
            @Nullable Integer hour,
            @Nullable Integer day,
            @Nullable Integer month,
            String weekday,
            boolean holds) {
        var story = condition(new DecisionAction.ConditionDatetime(
                        comparison(sign),
                        optional(minute),
                        optional(hour),
                        optional(day),
                        optional(month),
                        weekday.isEmpty() ? Set.of() : Set.of(DayOfWeek.valueOf(weekday)),
                        "false"))
                .at("2026-03-02T09:30:59Z");
        assertThat(said(story)).isEqualTo("say " + holds);
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? ANY : OptionalInt.of(value);
    }

    @Test
    void theTimeIsThatOfTheComparisonAndNotOfTheBeginning() {
        var story = FlowStory.of(
                        sleep("s", 3600),
                        step(
                                "if",
                                new DecisionAction.ConditionDatetime(
                                        Comparison.EQUAL, ANY, OptionalInt.of(10), ANY, ANY, Set.of(), "false")),
                        talk("true"),
                        talk("false"))
                .at("2026-03-02T09:30:00Z")
                .begin();
        assertThat(story.pass(3600).did()).containsExactly("say true");
    }

    @ParameterizedTest
    @CsvSource({"12, 2, '', true", "1, 2, '', false", "12, , 24, true", "13, , 24, false", "13, 3, 3, true"})
    void keysAreLookedAtWithoutEmptyingThem(String pressed, @Nullable Integer length, String keys, boolean holds) {
        var story = FlowStory.of(
                        receive("ask", 5, 9),
                        step("if", new DecisionAction.ConditionCallDigits(optional(length), keys, "false")),
                        talk("true"),
                        talk("false"))
                .begin();
        story.press(pressed).pass(5);
        assertThat(story.did()).containsExactly("say " + holds);
        assertThat(story.digits()).isEqualTo(pressed);
    }

    @Test
    void theStatusOfTheCallIsLookedAt() {
        assertThat(said(condition(new DecisionAction.ConditionCallStatus("progressing", "false"))))
                .isEqualTo("say true");
        assertThat(said(condition(new DecisionAction.ConditionCallStatus("hangup", "false"))))
                .isEqualTo("say false");
        assertThat(said(condition(new DecisionAction.ConditionCallStatus("ringing", "false"))
                        .unansweredOurs()))
                .isEqualTo("say true");
    }

    @Test
    void namesAndValuesOfVariablesAreFilledIn() {
        var story = FlowStory.of(set("s", "color-${n}", "${c} sky"), talk("t", "${color-1}"))
                .with("n", "1")
                .with("c", "blue")
                .begin();
        assertThat(story.did()).containsExactly("say blue sky");
    }

    @Test
    void whatIsFilledInIsNotLookedThroughAgain() {
        var story = FlowStory.of(set("s", "a", "${b}"), talk("t", "${a}"))
                .with("b", "${c}")
                .with("c", "secret")
                .begin();
        assertThat(story.did()).containsExactly("say ${c}");
    }

    @Test
    void theEnginesOwnVariablesAndThoseWithoutANameAreNotSet() {
        var story = FlowStory.of(set("s", "voipbin.call.id", "x"), set("t", "${none}", "x"), talk("end"))
                .with("voipbin.call.id", "c1")
                .begin();
        assertThat(story.value("voipbin.call.id")).contains("c1");
        assertThat(story.told())
                .containsExactly(
                        "started",
                        "s failed: names that begin with voipbin. are set by the engine alone",
                        "t failed: the variable to set has no name");
        assertThat(story.did()).containsExactly("say end");
    }

    @Test
    void aBranchMayLookAtAnyVariableAndItsTargetsMayBeFilledIn() {
        var story = FlowStory.of(
                        branchOn("by", "color", "other", "${best}", "say ${best}"), talk("other"), talk("say red"))
                .with("color", "red")
                .with("best", "red")
                .begin();
        assertThat(story.did()).containsExactly("say say red");
        assertThat(story.value("color")).contains("");
    }

    @Test
    void sleepWaitsAndKeysAreKeptMeanwhile() {
        var story = FlowStory.of(sleep("s", 3), talk("end")).begin();
        story.pass(2.9).press("5");
        assertThat(story.did()).isEmpty();
        assertThat(story.pass(0.1).did()).containsExactly("say end");
        assertThat(story.digits()).isEqualTo("5");
    }

    @Test
    void sleepOfNothingIsNoWaitAndSleepForEverIsOne() {
        var story = FlowStory.of(
                        sleep("s", 0),
                        step("t", new DecisionAction.Sleep(Duration.ofSeconds(Long.MAX_VALUE))),
                        talk("end"))
                .begin();
        story.pass(86_400);
        assertThat(story.at()).isEqualTo("t");
        assertThat(FlowMachine.nextDeadlineNanos(story.state())).isPresent();
    }

    @ParameterizedTest
    @EnumSource(HangupReason.class)
    void hangupEndsTheCallForItsReason(HangupReason reason) {
        var story = FlowStory.of(hangup("h", reason), talk("never")).begin();
        assertThat(story.did()).containsExactly("hang up " + reason.word());
        assertThat(story.told()).containsExactly("started", "ended HUNG_UP");
    }

    @Test
    void hangupMayNameAnotherCallWhoseReasonCounts() {
        var story = FlowStory.of(step("h", new DecisionAction.Hangup(HangupReason.NORMAL, "${other}")))
                .with("other", "call-2")
                .begin();
        assertThat(story.did()).containsExactly("hang up normal call-2");
    }

    @Test
    void stopEndsTheFlowAndTheCall() {
        var story = FlowStory.of(empty("e"), stop("s"), talk("never")).begin();
        assertThat(story.did()).containsExactly("hang up normal");
        assertThat(story.told()).containsExactly("started", "ended STOPPED");
    }

    @Test
    void aFlowWithoutStepsHangsUp() {
        var story = FlowStory.of().begin();
        assertThat(story.did()).containsExactly("hang up normal");
        assertThat(story.told()).containsExactly("started", "ended COMPLETED");
    }

    @Test
    void aGotoMayBeFilledIn() {
        var story = FlowStory.of(goTo("g", "${where}", 1), talk("a"), talk("b"))
                .with("where", "b")
                .begin();
        assertThat(story.did()).containsExactly("say b");
    }

    @Test
    void aVariableThatIsTwiceItselfAgainAndAgainFillsNoMemory() {
        var story = FlowStory.of(set("s", "a", "${a}${a}"), goTo("g", "s", 900), empty("e"))
                .limits(100, 2000)
                .with("a", "12345678")
                .begin();
        assertThat(story.value("a").orElse("")).hasSize(128 * 1024);
        assertThat(story.told()).contains("s failed: the variables are longer than 262144 characters, with this one");
        assertThat(story.state().end()).contains(FlowEnd.COMPLETED);
    }

    @Test
    void aVariableThatIsNotSetIsNotSetByABranch() {
        var story = FlowStory.of(branchOn("by", "color", "end"), talk("end")).begin();
        assertThat(story.value("color")).isEmpty();
    }
}
