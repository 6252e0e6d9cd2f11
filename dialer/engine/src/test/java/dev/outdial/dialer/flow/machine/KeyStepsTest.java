package dev.outdial.dialer.flow.machine;

import static dev.outdial.dialer.flow.machine.FlowStory.seconds;
import static dev.outdial.dialer.flow.machine.Steps.receive;
import static dev.outdial.dialer.flow.machine.Steps.receiveUntil;
import static dev.outdial.dialer.flow.machine.Steps.send;
import static dev.outdial.dialer.flow.machine.Steps.sleep;
import static dev.outdial.dialer.flow.machine.Steps.step;
import static dev.outdial.dialer.flow.machine.Steps.talk;
import static dev.outdial.dialer.flow.machine.Steps.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.gather.GatherRequest;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class KeyStepsTest {
    private static FlowStep gather(String id, GatherRequest request, String prompt) {
        return step(
                id,
                new KeyAction.Gather(
                        request,
                        Optional.of(prompt).filter(text -> !text.isEmpty()).map(Steps::words)));
    }

    @Test
    void theTimeForKeysRunsFromTheBeginningAndIsNotLengthenedByAKey() {
        var story = FlowStory.of(receive("ask", 5, 4), talk("end")).begin();
        story.pass(4).press("1").pass(0.9).press("2");
        assertThat(story.did()).isEmpty();
        story.pass(0.1);
        assertThat(story.did()).containsExactly("say end");
        assertThat(story.digits()).isEqualTo("12");
        assertThat(story.kept()).containsExactly("1 ask 12");
    }

    @Test
    void theKeyThatEndsItIsKept() {
        var story =
                FlowStory.of(receiveUntil("ask", 10, "#*", true), talk("end")).begin();
        story.press("12#");
        assertThat(story.did()).containsExactly("say end");
        assertThat(story.digits()).isEqualTo("12#");
    }

    @Test
    void theKeyThatEndsItIsLeftOutWhereTheAuthorWantsIt() {
        var story =
                FlowStory.of(receiveUntil("ask", 10, "#", false), talk("end")).begin();
        story.press("12#");
        assertThat(story.digits()).isEqualTo("12");
        assertThat(story.kept()).containsExactly("1 ask 12");
    }

    @Test
    void anEndingKeyEndsItBeforeThereAreEnough() {
        var step = step("ask", new KeyAction.DigitsReceive(seconds(5), OptionalInt.of(4), "#", true));
        var story = FlowStory.of(step, talk("end")).begin().press("1#");
        assertThat(story.did()).containsExactly("say end");
    }

    @Test
    void keysThatAreThereAlreadyMayBeEnough() {
        var story = FlowStory.of(sleep("s", 1), receiveUntil("ask", 5, "#", false), receive("again", 5, 1))
                .begin();
        story.press("#").pass(1);
        assertThat(story.at()).isEqualTo("again");
        assertThat(story.digits()).isEmpty();
    }

    @Test
    void whatIsNoKeyIsNotTaken() {
        var story = FlowStory.of(receive("ask", 5, 2)).begin().press("x1 ");
        assertThat(story.digits()).isEqualTo("1");
    }

    @Test
    void aFarEndThatPressesForEverFillsNoMemory() {
        var story = FlowStory.of(receiveUntil("ask", 5, "#", true), talk("end")).begin();
        story.press("1".repeat(10_000));
        assertThat(story.digits()).hasSize(256);
    }

    @Test
    void gatheringEndsWithEnoughKeys() {
        var story = FlowStory.of(gather("pin", GatherRequest.digits(4), "Your pin"), talk("end"))
                .begin();
        assertThat(story.did()).containsExactly("say Your pin");
        story.pass(60).press("1");
        assertThat(story.did()).containsExactly("say Your pin", "stop sound");
        story.press("234");
        assertThat(story.did()).last().isEqualTo("say end");
        assertThat(story.digits()).isEqualTo("1234");
        assertThat(story.value(Variables.GATHER_REASON)).contains("max-digits");
        assertThat(story.kept()).containsExactly("1 pin 1234");
    }

    @Test
    void gatheringEndsWithATerminatingKeyThatIsNoPartOfIt() {
        var story = FlowStory.of(gather("pin", GatherRequest.DEFAULT, ""), talk("end"))
                .begin()
                .press("12#");
        assertThat(story.did()).containsExactly("say end");
        assertThat(story.digits()).isEqualTo("12");
        assertThat(story.value(Variables.GATHER_REASON)).contains("terminating-digit");
    }

    @Test
    void eachGatheredKeyHasItsOwnTimeFromTheEndOfThePromptOn() {
        var story = FlowStory.of(gather("pin", GatherRequest.DEFAULT, "Your pin"), talk("end"))
                .begin();
        story.pass(20).done().pass(4.9).press("1").pass(4.9).press("2").pass(4.9);
        assertThat(story.did()).containsExactly("say Your pin");
        story.pass(0.1);
        assertThat(story.did()).containsExactly("say Your pin", "say end");
        assertThat(story.digits()).isEqualTo("12");
        assertThat(story.value(Variables.GATHER_REASON)).contains("inter-digit-timeout");
    }

    @Test
    void aKeyPressedBeforeGatheringCountsAndItsPromptIsNotBegun() {
        var story = FlowStory.of(talk("hello"), gather("pin", GatherRequest.digits(2), "Your pin"), talk("end"))
                .begin();
        story.press("1").done();
        assertThat(story.did()).containsExactly("say hello");
        story.press("2");
        assertThat(story.digits()).isEqualTo("12");
        assertThat(story.did()).containsExactly("say hello", "say end");
    }

    @Test
    void gatheringThatIsDoneByWhatWasTypedAheadDoesNotWait() {
        var story = FlowStory.of(sleep("s", 1), gather("one", GatherRequest.digits(1), "One"), talk("end"))
                .begin();
        story.press("7").pass(1);
        assertThat(story.did()).containsExactly("say end");
        assertThat(story.digits()).isEqualTo("7");
    }

    @Test
    void whatOneGatheringHasTakenTheNextDoesNot() {
        var story = FlowStory.of(
                        gather("one", GatherRequest.digits(1), "One"),
                        gather("two", GatherRequest.digits(1), "Two"),
                        talk("end"))
                .begin();
        story.press("7");
        assertThat(story.did()).last().isEqualTo("say Two");
        story.press("8");
        assertThat(story.did()).last().isEqualTo("say end");
        assertThat(story.digits()).isEqualTo("8");
    }

    @Test
    void withoutTypeAheadWhatWasPressedBeforeIsThrownAway() {
        var request = GatherRequest.digits(1).withoutTypeAhead();
        var story = FlowStory.of(sleep("s", 1), gather("one", request, "One"), talk("end"))
                .begin();
        story.press("7").pass(1).done().pass(5);
        assertThat(story.did()).containsExactly("say One", "say end");
        assertThat(story.digits()).isEmpty();
    }

    @Test
    void aPromptThatNoKeyEndsIsHeardToItsEnd() {
        var request = GatherRequest.digits(2).withoutBargeIn();
        var story = FlowStory.of(gather("pin", request, "Your pin"), talk("end"))
                .begin()
                .press("12");
        assertThat(story.did()).containsExactly("say Your pin");
        story.done();
        assertThat(story.did()).containsExactly("say Your pin", "say end");
        assertThat(story.digits()).isEqualTo("12");
    }

    @Test
    void aPromptThatCannotBeHadIsToldAndKeysAreGatheredAllTheSame() {
        var story = FlowStory.of(gather("pin", GatherRequest.digits(2), "Your pin"), talk("end"))
                .begin();
        story.fails("no voice").press("12");
        assertThat(story.told()).containsExactly("started", "pin failed: no voice");
        assertThat(story.digits()).isEqualTo("12");
    }

    @Test
    void aCallThatEndsWhileKeysAreGatheredLeavesThoseThatWerePressed() {
        var story = FlowStory.of(gather("pin", GatherRequest.digits(4), "Your pin"))
                .begin()
                .press("12")
                .callEnds();
        assertThat(story.digits()).isEqualTo("12");
        assertThat(story.value(Variables.GATHER_REASON)).contains("hung-up");
        assertThat(story.told()).last().isEqualTo("ended CALL_ENDED");
    }

    @Test
    void aSpokenPromptAnswersACallToUs() {
        var story = FlowStory.of(gather("pin", GatherRequest.digits(4), "Your pin"))
                .unansweredToUs()
                .begin();
        assertThat(story.done().did()).containsExactly("answer", "say Your pin");
    }

    @Test
    void waitingForKeysAnswersNothing() {
        var story = FlowStory.of(receive("ask", 5, 1), gather("pin", GatherRequest.digits(4), ""))
                .unansweredToUs()
                .begin();
        story.pass(5);
        assertThat(story.at()).isEqualTo("pin");
        assertThat(story.did()).isEmpty();
    }

    @Test
    void keysAreSentAndTheNextActionComesWhenTheLastWas() {
        var story = FlowStory.of(send("extension", "12${ext}#"), talk("end"))
                .with("ext", "34")
                .begin();
        assertThat(story.did()).containsExactly("press 1234# 250/100");
        story.done();
        assertThat(story.did()).last().isEqualTo("say end");
    }

    @Test
    void keysThatCannotBeSentArePassedOver() {
        var story = FlowStory.of(send("none", "${ext}"), send("word", "${w}"), send("busy", "1"), talk("end"))
                .with("w", "twelve")
                .begin();
        story.fails("no telephone-event");
        assertThat(story.did()).containsExactly("press 1 250/100", "say end");
        assertThat(story.told())
                .containsExactly(
                        "started",
                        "none failed: 1 to 100 keys of 0-9, *, #, A-D are expected",
                        "word failed: 1 to 100 keys of 0-9, *, #, A-D are expected",
                        "busy failed: no telephone-event");
    }

    @Test
    void aPromptIsFilledIn() {
        var story = FlowStory.of(step(
                        "pin", new KeyAction.Gather(GatherRequest.DEFAULT, Optional.of(words("Your pin, ${name}")))))
                .with("name", "Ann")
                .begin();
        assertThat(story.did()).containsExactly("say Your pin, Ann");
    }
}
