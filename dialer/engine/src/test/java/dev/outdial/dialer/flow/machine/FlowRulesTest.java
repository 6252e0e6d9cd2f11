package dev.outdial.dialer.flow.machine;

import static dev.outdial.dialer.flow.machine.Steps.async;
import static dev.outdial.dialer.flow.machine.Steps.branch;
import static dev.outdial.dialer.flow.machine.Steps.connect;
import static dev.outdial.dialer.flow.machine.Steps.empty;
import static dev.outdial.dialer.flow.machine.Steps.fetch;
import static dev.outdial.dialer.flow.machine.Steps.goTo;
import static dev.outdial.dialer.flow.machine.Steps.interruptible;
import static dev.outdial.dialer.flow.machine.Steps.play;
import static dev.outdial.dialer.flow.machine.Steps.receive;
import static dev.outdial.dialer.flow.machine.Steps.record;
import static dev.outdial.dialer.flow.machine.Steps.sleep;
import static dev.outdial.dialer.flow.machine.Steps.talk;
import static dev.outdial.dialer.flow.machine.Steps.then;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.KeyPressed;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The twelve rules by which flows are carried out, a story or more for each. */
class FlowRulesTest {
    @Test
    void rule1TheFirstActionRunsAsSoonAsTheFlowBegins() {
        var story = FlowStory.of(talk("hello")).begin();
        assertThat(story.did()).containsExactly("say hello");
        assertThat(story.told()).containsExactly("started");
        assertThat(story.path()).containsExactly("hello");
        assertThat(story.at()).isEqualTo("hello");
    }

    @Test
    void rule1AFlowThatBeginsAtRingingGoesOnThroughTheAnswer() {
        var story =
                FlowStory.of(sleep("wait", 2), talk("hello")).unansweredOurs().begin();
        story.pass(1).answered();
        assertThat(story.did()).isEmpty();
        story.pass(1);
        assertThat(story.did()).containsExactly("say hello");
    }

    @Test
    void rule2TextsAreFilledInJustBeforeTheActionAndWhatIsUnknownIsEmpty() {
        var story = FlowStory.of(
                        receive("ask", 5, 1), talk("say", "Hi ${name}, you pressed ${voipbin.call.digits}${no}."))
                .with("name", "Ann")
                .begin();
        story.press("4");
        assertThat(story.did()).containsExactly("say Hi Ann, you pressed 4.");
    }

    @Test
    void rule3NextIdOverridesTheOrderAndTheEndHangsUp() {
        var story = FlowStory.of(then(empty("a"), "c"), talk("b"), talk("c")).begin();
        assertThat(story.path()).containsExactly("a", "c");
        story.done();
        assertThat(story.did()).containsExactly("say c", "hang up normal");
        assertThat(story.told()).containsExactly("started", "ended COMPLETED");
        assertThat(story.at()).isEqualTo("nowhere");
        assertThat(story.state().end()).contains(FlowEnd.COMPLETED);
    }

    @Test
    void rule3ANextIdThatDoesNotExistEndsTheFlow() {
        var story = FlowStory.of(then(empty("a"), "z"), talk("b")).begin();
        assertThat(story.did()).containsExactly("hang up normal");
        assertThat(story.told())
                .containsExactly(
                        "started",
                        "a failed: no action has the id \"z\"",
                        "ended FAILED action \"a\" (Empty): no action has the id \"z\"");
    }

    @Test
    void rule4ACallSideFailureIsToldAndTheNextActionRuns() {
        var story =
                FlowStory.of(play("jingle", "http://a/gone.wav"), talk("hello")).begin();
        story.fails("http://a/gone.wav: 404");
        assertThat(story.did()).containsExactly("play http://a/gone.wav", "say hello");
        assertThat(story.told()).containsExactly("started", "jingle failed: http://a/gone.wav: 404");
        // Nothing was heard, so that there is nothing to remember.
        assertThat(story.kept()).isEmpty();
    }

    @Test
    void rule4AFlowSideFailureStopsTheFlowAndHangsUp() {
        var story = FlowStory.of(fetch("more", "http://a/flow"), talk("hello")).begin();
        story.fails("500");
        assertThat(story.did()).containsExactly("fetch POST http://a/flow", "hang up normal");
        assertThat(story.told())
                .containsExactly("started", "more failed: 500", "ended FAILED action \"more\" (Fetch): 500");
    }

    @Test
    void rule5AFlowIsGoneOnWithAHundredTimes() {
        var story =
                FlowStory.of(talk("again"), goTo("loop", "again", 1_000_000)).begin();
        for (int i = 0; i < 99; i++) story.done();
        assertThat(story.nowDid()).hasSize(100).doesNotContain("hang up normal");
        story.done();
        assertThat(story.did()).containsExactly("hang up normal");
        assertThat(story.told()).last().isEqualTo("ended LIMIT gone on with more than 100 times");
    }

    @Test
    void rule5AHundredActionsThatWaitAreNoneTooMany() {
        var story = FlowStory.of(
                        IntStream.range(0, 100).mapToObj(i -> talk("t" + i)).toArray(FlowStep[]::new))
                .begin();
        for (int i = 0; i < 100; i++) story.done();
        assertThat(story.told()).last().isEqualTo("ended COMPLETED");
    }

    @Test
    void rule5AThousandActionsMayBeTakenInARow() {
        var thousand = IntStream.range(0, 999).mapToObj(i -> empty("e" + i));
        var story = FlowStory.of(
                        Stream.concat(thousand, Stream.of(talk("last"))).toArray(FlowStep[]::new))
                .begin();
        assertThat(story.did()).containsExactly("say last");
    }

    @Test
    void rule5AFlowOfGotoWithoutWaitingEndsByTheLimit() {
        var story = FlowStory.of(empty("a"), goTo("loop", "a", 1_000_000)).begin();
        assertThat(story.did()).containsExactly("hang up normal");
        assertThat(story.told()).last().isEqualTo("ended LIMIT more than 1000 actions in a row without waiting");
        assertThat(story.path()).hasSize(1000);
    }

    @Test
    void rule5ActionsThatWaitMakeTheRowBeginAnew() {
        var story = FlowStory.of(
                        empty("a"), empty("b"), sleep("s", 1), empty("c"), empty("d"), sleep("t", 1), talk("end"))
                .limits(3, 3)
                .begin();
        story.pass(2);
        assertThat(story.did()).containsExactly("say end");
    }

    @Test
    void rule6ALoopCountOfTwoIsTwoJumpsThenTheNextAction() {
        var story = FlowStory.of(talk("a"), goTo("loop", "a", 2), talk("b")).begin();
        story.done().done().done();
        assertThat(story.did()).containsExactly("say a", "say a", "say a", "say b");
        assertThat(story.told()).containsExactly("started", "loop -> a", "loop -> a");
    }

    @Test
    void rule6AGotoWithoutALoopCountIsSkippedEvenWhereItsTargetDoesNotExist() {
        var story = FlowStory.of(goTo("a", "nowhere", 0), goTo("b", "nowhere", -1), talk("c"))
                .begin();
        assertThat(story.did()).containsExactly("say c");
    }

    @Test
    void rule6AGotoToWhatDoesNotExistEndsTheFlow() {
        var story = FlowStory.of(goTo("a", "nowhere", 1), talk("c")).begin();
        assertThat(story.did()).containsExactly("hang up normal");
        assertThat(story.state().end()).contains(FlowEnd.FAILED);
    }

    @Test
    void rule6TheCountLivesInTheCopyThatRuns() {
        var story = FlowStory.of(fetch("more", "http://a"), goTo("outer", "more", 1))
                .begin();
        story.brought(talk("a"), goTo("loop", "a", 1));
        story.done().done();
        assertThat(story.nowDid()).containsExactly("fetch POST http://a", "say a", "say a", "fetch POST http://a");
        // The same actions once more are another copy, with another count.
        story.brought(talk("a"), goTo("loop", "a", 1));
        story.done().done();
        assertThat(story.did()).containsExactly("say a", "say a", "hang up normal");
    }

    @Test
    void rule7ABranchReadsTheKeysAndEmptiesThem() {
        var story = FlowStory.of(receive("ask", 5, 1), branch("by", "other", "1", "one"), talk("other"), talk("one"))
                .begin();
        story.press("1");
        assertThat(story.did()).containsExactly("say one");
        assertThat(story.value(Variables.DIGITS)).contains("");
        assertThat(story.told()).containsExactly("started", "by -> one");
    }

    @Test
    void rule7NoKeyOrAnotherOneGoesToTheDefault() {
        FlowStep[] steps = {receive("ask", 5, 1), branch("by", "other", "1", "one"), talk("one"), talk("other")};
        assertThat(FlowStory.of(steps).begin().pass(5).did()).containsExactly("say other");
        assertThat(FlowStory.of(steps).begin().press("7").did()).containsExactly("say other");
    }

    @Test
    void rule7WithoutADefaultWhatDoesNotFitEndsTheFlowAndTheValueIsNotTold() {
        var story = FlowStory.of(receive("ask", 5, 4), branch("by", "", "1", "one"), talk("one"))
                .begin();
        story.press("4711");
        assertThat(story.did()).containsExactly("hang up normal");
        assertThat(story.told())
                .last()
                .isEqualTo("ended FAILED action \"by\" (Branch): no target fits the value of voipbin.call.digits,"
                        + " and there is no default one");
        assertThat(story.state().toString()).doesNotContain("4711");
    }

    @Test
    void rule7ADefaultThatDoesNotExistEndsTheFlow() {
        var story = FlowStory.of(branch("by", "nowhere"), talk("a")).begin();
        assertThat(story.did()).containsExactly("hang up normal");
        assertThat(story.state().end()).contains(FlowEnd.FAILED);
    }

    @Test
    void rule8TheLastKeyPressedBeforeIsThereWhenKeysAreAskedFor() {
        var story = FlowStory.of(
                        talk("prompt"),
                        receive("ask", 5, 1),
                        branch("by", "other", "1", "one"),
                        talk("other"),
                        talk("one"))
                .begin();
        story.press("21");
        assertThat(story.digits()).isEqualTo("1");
        assertThat(story.did()).containsExactly("say prompt");
        story.done();
        assertThat(story.did()).containsExactly("say prompt", "say one");
    }

    @Test
    void rule8WhileKeysAreAskedForTheyAreAppended() {
        var story = FlowStory.of(talk("prompt"), receive("ask", 5, 4), talk("thanks"))
                .begin();
        story.press("1").done().press("23");
        assertThat(story.did()).containsExactly("say prompt");
        assertThat(story.digits()).isEqualTo("123");
        story.press("4");
        assertThat(story.did()).containsExactly("say prompt", "say thanks");
        assertThat(story.digits()).isEqualTo("1234");
    }

    @Test
    void rule9AKeyEndsSpeechThatAllowsItAndGoesOn() {
        var story = FlowStory.of(interruptible("menu"), receive("ask", 5, 1), talk("thanks"))
                .begin();
        story.pass(1).press("3");
        assertThat(story.did()).containsExactly("say menu", "stop sound", "say thanks");
        assertThat(story.digits()).isEqualTo("3");
        assertThat(story.kept()).containsExactly("1 menu 3", "2 ask 3");
    }

    @Test
    void rule9WithoutItSpeechGoesOnAndFilesAlways() {
        var story = FlowStory.of(talk("menu"), play("music", "http://a/b.wav"), talk("end"))
                .begin();
        story.press("3");
        assertThat(story.did()).containsExactly("say menu");
        story.done().press("4");
        assertThat(story.did()).containsExactly("say menu", "play http://a/b.wav");
    }

    @Test
    void rule9AKeyEndsSpeechBesideALaterAction() {
        var story = FlowStory.of(async("menu", KeyPressed.GOES_ON), receive("ask", 5, 2), talk("thanks"))
                .begin();
        story.press("1");
        assertThat(story.did()).containsExactly("say menu", "stop sound");
        story.press("2");
        assertThat(story.did()).containsExactly("say menu", "stop sound", "say thanks");
    }

    @Test
    void rule10TheCallGoesOnWhenTheTwoAreParted() {
        var story =
                FlowStory.of(connect("sales", false, "+15550001"), talk("bye")).begin();
        story.pass(600);
        assertThat(story.did()).containsExactly("connect +15550001");
        story.done();
        assertThat(story.did()).containsExactly("connect +15550001", "say bye");
    }

    @Test
    void rule10TheCallGoesOnAtOnceWhereNobodyAnswers() {
        var story = FlowStory.of(connect("sales", false, "+15550001"), talk("nobody"))
                .begin();
        story.done(new Result.NobodyAnswered("call-2"));
        assertThat(story.did()).containsExactly("connect +15550001", "say nobody");
        assertThat(story.told()).containsExactly("started", "sales failed: nobody answered");
    }

    @Test
    void rule10ARelayedReasonEndsTheCallAsTheFirstDestinationEnded() {
        var story = FlowStory.of(connect("sales", true, "+15550001"), talk("nobody"))
                .unansweredToUs()
                .begin();
        story.done(new Result.NobodyAnswered("call-2"));
        assertThat(story.did()).containsExactly("connect +15550001", "hang up normal call-2");
        assertThat(story.state().end()).contains(FlowEnd.HUNG_UP);
    }

    @Test
    void rule10WithARelayedReasonTheCallGoesOnWhereSomebodyAnswered() {
        var story =
                FlowStory.of(connect("sales", true, "+15550001"), talk("bye")).begin();
        assertThat(story.done().did()).containsExactly("connect +15550001", "say bye");
    }

    @Test
    void rule11VariablesOfTheCallCanBeSaidAndThoseThatAnActionLearntToo() {
        var story = FlowStory.of(record("rec"), talk("say", "${voipbin.call.id} ${voipbin.recording.id}"))
                .with("voipbin.call.id", "c1")
                .begin();
        story.done(new Result.Learnt(Map.of("voipbin.recording.id", "r1")));
        assertThat(story.did()).containsExactly("start recording", "say c1 r1");
    }

    @Test
    void rule12FetchedActionsAreCarriedOutBeforeTheNextOne() {
        var story = FlowStory.of(fetch("more", "http://a/${who}"), talk("last"))
                .with("who", "ann")
                .begin();
        assertThat(story.did()).containsExactly("fetch POST http://a/ann");
        story.brought(talk("fetched"), empty("e")).done();
        assertThat(story.did()).containsExactly("fetch POST http://a/ann", "say fetched", "say last");
        assertThat(story.path()).containsExactly("more", "fetched", "e", "last");
    }
}
