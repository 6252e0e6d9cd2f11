package dev.outdial.dialer.flow.machine;

import static dev.outdial.dialer.flow.machine.Steps.optOut;
import static dev.outdial.dialer.flow.machine.Steps.receive;
import static dev.outdial.dialer.flow.machine.Steps.talk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.Variables;
import org.junit.jupiter.api.Test;

class OptOutStepTest {
    @Test
    void aKeyTakesTheNumberOnTheListOnceItIsKept() {
        var story = FlowStory.of(optOut("no more", "Press 9", "Done", "bye"), talk("go on"), talk("bye"))
                .slowJournal()
                .begin();
        story.pass(1).press("9");
        assertThat(story.did()).containsExactly("say Press 9", "stop sound");
        assertThat(story.kept()).containsExactly("1 no more 9");
        story.journalKeeps();
        assertThat(story.did()).last().isEqualTo("opt out");
        assertThat(story.told()).containsExactly("started");
        story.done();
        assertThat(story.told()).containsExactly("started", "opted out");
        assertThat(story.did()).last().isEqualTo("say Done");
        story.done();
        assertThat(story.did()).containsExactly("say Press 9", "stop sound", "opt out", "say Done", "say bye");
        assertThat(story.value(Variables.OPTED_OUT)).contains("true");
        assertThat(story.digits()).isEmpty();
    }

    @Test
    void theKeyIsWaitedForAfterThePromptAndThenTheFlowGoesOn() {
        var story = FlowStory.of(optOut("no more", "Press 9", "Done", "bye"), talk("go on"), talk("bye"))
                .begin();
        story.pass(20).done().pass(4.9);
        assertThat(story.did()).containsExactly("say Press 9");
        story.pass(0.1);
        assertThat(story.did()).containsExactly("say Press 9", "say go on");
        assertThat(story.value(Variables.OPTED_OUT)).contains("false");
        assertThat(story.kept()).containsExactly("1 no more ");
    }

    @Test
    void theKeyCountsAfterThePromptToo() {
        var story = FlowStory.of(optOut("no more", "Press 9", "", ""), talk("go on"))
                .begin();
        story.done().pass(3).press("9").done();
        assertThat(story.did()).containsExactly("say Press 9", "opt out", "say go on");
    }

    @Test
    void anotherKeyIsKeptForWhatComesNext() {
        var story = FlowStory.of(optOut("no more", "Press 9", "", ""), receive("ask", 5, 1), talk("end"))
                .begin();
        story.press("3").done().press("4").pass(5);
        assertThat(story.digits()).isEqualTo("4");
        assertThat(story.did()).containsExactly("say Press 9", "say end");
        assertThat(story.value(Variables.OPTED_OUT)).contains("false");
    }

    @Test
    void theKeyMayComeWhileSomethingIsHeardBefore() {
        var story = FlowStory.of(talk("survey, or press 9"), optOut("no more", "", "", ""), talk("go on"))
                .begin();
        story.press("9").done();
        assertThat(story.did()).last().isEqualTo("opt out");
    }

    @Test
    void aKeyThatAnsweredAQuestionDoesNotCount() {
        var story = FlowStory.of(receive("how many", 5, 1), optOut("no more", "", "", ""), talk("go on"))
                .begin();
        story.press("9");
        assertThat(story.at()).isEqualTo("no more");
        assertThat(story.did()).isEmpty();
        story.pass(5);
        assertThat(story.value(Variables.OPTED_OUT)).contains("false");
    }

    @Test
    void aNumberThatCannotBeTakenOnTheListIsToldNothingOfTheKind() {
        var story = FlowStory.of(optOut("no more", "Press 9", "Done", ""), talk("go on"))
                .begin();
        story.press("9").fails("the list cannot be written");
        assertThat(story.did()).containsExactly("say Press 9", "stop sound", "opt out", "say go on");
        assertThat(story.told()).containsExactly("started", "no more failed: the list cannot be written");
    }

    @Test
    void whoOptedOutOnceHasNotComeBackByNotPressingAKey() {
        var story = FlowStory.of(optOut("a", "", "", ""), optOut("b", "", "", ""), talk("end"))
                .begin();
        story.press("9").done().pass(5);
        assertThat(story.did()).containsExactly("opt out", "say end");
        assertThat(story.value(Variables.OPTED_OUT)).contains("true");
    }

    @Test
    void aPromptOrConfirmationThatCannotBeHadIsToldAndTheRestHappens() {
        var story = FlowStory.of(optOut("no more", "Press 9", "Done", ""), talk("go on"))
                .begin();
        story.fails("no voice").press("9").done().fails("no voice still");
        assertThat(story.did()).containsExactly("say Press 9", "opt out", "say Done", "say go on");
        assertThat(story.told())
                .containsExactly("started", "no more failed: no voice", "opted out", "no more failed: no voice still");
    }

    @Test
    void aTargetThatDoesNotExistEndsTheFlow() {
        var story = FlowStory.of(optOut("no more", "", "", "nowhere"), talk("go on"))
                .begin();
        story.press("9").done();
        assertThat(story.did()).containsExactly("opt out", "hang up normal");
        assertThat(story.state().end()).contains(FlowEnd.FAILED);
    }

    @Test
    void aSpokenOfferAnswersACallToUs() {
        var story = FlowStory.of(optOut("no more", "Press 9", "", ""))
                .unansweredToUs()
                .begin();
        assertThat(story.done().did()).containsExactly("answer", "say Press 9");
    }

    @Test
    void aKeyTypedAheadThatAnsweredAQuestionDoesNotCountEither() {
        var story = FlowStory.of(talk("how many"), receive("ask", 5, 1), optOut("no more", "", "", ""))
                .begin();
        story.press("9").done();
        assertThat(story.at()).isEqualTo("no more");
        assertThat(story.did()).containsExactly("say how many");
        assertThat(story.kept()).containsExactly("1 how many ", "2 ask 9");
    }
}
