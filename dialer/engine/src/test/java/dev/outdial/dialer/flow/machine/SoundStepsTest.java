package dev.outdial.dialer.flow.machine;

import static dev.outdial.dialer.flow.machine.Steps.async;
import static dev.outdial.dialer.flow.machine.Steps.beep;
import static dev.outdial.dialer.flow.machine.Steps.empty;
import static dev.outdial.dialer.flow.machine.Steps.interruptible;
import static dev.outdial.dialer.flow.machine.Steps.play;
import static dev.outdial.dialer.flow.machine.Steps.receive;
import static dev.outdial.dialer.flow.machine.Steps.sleep;
import static dev.outdial.dialer.flow.machine.Steps.step;
import static dev.outdial.dialer.flow.machine.Steps.talk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.KeyPressed;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SoundStepsTest {
    @Test
    void soundsAreHeardOneAfterAnother() {
        var story = FlowStory.of(talk("hello"), play("music", "a.wav", "b.wav"), beep("pip"))
                .begin();
        assertThat(story.did()).containsExactly("say hello");
        story.done();
        assertThat(story.did()).containsExactly("say hello", "play a.wav b.wav");
        story.done();
        assertThat(story.did()).containsExactly("say hello", "play a.wav b.wav", "beep");
        story.done();
        assertThat(story.told()).last().isEqualTo("ended COMPLETED");
        assertThat(story.kept()).containsExactly("1 hello ", "2 music ", "3 pip ");
    }

    @Test
    void whetherTheLastSoundCouldBeHadIsInAVariable() {
        var story = FlowStory.of(play("music", "a.wav"), talk("instead"), interruptible("menu"), talk("${nothing}"))
                .begin();
        assertThat(story.value(Variables.PLAYED)).isEmpty();
        story.fails("there is no such file");
        assertThat(story.value(Variables.PLAYED)).contains("false");
        story.done();
        assertThat(story.value(Variables.PLAYED)).contains("true");
        story.press("1");
        assertThat(story.value(Variables.PLAYED)).contains("false");
    }

    @Test
    void aSoundThatAKeyEndedCouldBeHad() {
        var story = FlowStory.of(interruptible("menu"), sleep("s", 1)).begin().press("1");
        assertThat(story.value(Variables.PLAYED)).contains("true");
    }

    @Test
    void talkAnswersACallToUsFirst() {
        var story = FlowStory.of(talk("hello")).unansweredToUs().begin();
        assertThat(story.did()).containsExactly("answer");
        assertThat(story.at()).isEqualTo("hello");
        story.answered().done();
        assertThat(story.did()).containsExactly("answer", "say hello");
        assertThat(story.path()).containsExactly("hello");
    }

    @Test
    void talkIsPassedOverWhereTheCallCannotBeAnswered() {
        var story = FlowStory.of(talk("hello"), empty("e")).unansweredToUs().begin();
        story.fails("the caller has given up");
        assertThat(story.told()).contains("hello failed: the caller has given up");
        assertThat(story.path()).containsExactly("hello", "e");
    }

    @Test
    void talkInACallThatWePlacedAnswersNothing() {
        assertThat(FlowStory.of(talk("hello")).unansweredOurs().begin().did()).containsExactly("say hello");
    }

    @Test
    void filesAndTonesAnswerNothing() {
        var story = FlowStory.of(play("music", "a.wav"), beep("pip"))
                .unansweredToUs()
                .begin();
        story.done();
        assertThat(story.did()).containsExactly("play a.wav", "beep");
    }

    @Test
    void wordsThatComeFromVariablesAlonePassOverWhereThereAreNone() {
        var story = FlowStory.of(talk("name", "${name}"), play("jingle", "${url}"), talk("end"))
                .begin();
        assertThat(story.did()).containsExactly("say end");
        assertThat(story.told())
                .containsExactly(
                        "started",
                        "name failed: there is nothing to be heard",
                        "jingle failed: there is nothing to be heard");
    }

    @Test
    void languageAndVoiceAreFilledInToo() {
        var spoken = new SoundAction.Talk("${t}", "${lang}", Optional.of("${voice}"), KeyPressed.IGNORED, false, 2, -3);
        var begun = FlowMachine.begin(
                new dev.outdial.dialer.flow.Flow("", List.of(step("t", spoken))),
                new dev.outdial.dialer.flow.Variables(java.util.Map.of("t", "Hi", "lang", "de-DE", "voice", "anna")),
                true,
                true,
                FlowLimits.STANDARD,
                new Moment(0, java.time.Instant.EPOCH));
        assertThat(begun.commands())
                .contains(new FlowCommand.Sound(
                        1, new SoundAction.Talk("Hi", "de-DE", Optional.of("anna"), KeyPressed.IGNORED, false, 2, -3)));
    }

    @Test
    void asyncSpeechGoesOnBesideTheNextAction() {
        var story = FlowStory.of(async("talk", KeyPressed.IGNORED), sleep("s", 1), talk("end"))
                .begin();
        story.press("5");
        assertThat(story.did()).containsExactly("say talk");
        story.pass(1);
        assertThat(story.did()).containsExactly("say talk", "say end");
        // The end of the speech is not the end of what is heard now.
        story.firstDone(new Result.Finished());
        assertThat(story.at()).isEqualTo("end");
        story.done();
        assertThat(story.told()).last().isEqualTo("ended COMPLETED");
    }

    @Test
    void asyncSpeechThatCannotBeHadIsTold() {
        var story =
                FlowStory.of(async("talk", KeyPressed.IGNORED), sleep("s", 1)).begin();
        story.fails("no voice");
        assertThat(story.told()).containsExactly("started", "talk failed: no voice");
        assertThat(story.at()).isEqualTo("s");
    }

    @Test
    void aKeyThatEndsAsyncSpeechDoesNotEndWhatIsHeardAfterIt() {
        var story = FlowStory.of(async("talk", KeyPressed.GOES_ON), talk("important"), receive("ask", 5, 2))
                .begin();
        story.press("1");
        assertThat(story.did()).containsExactly("say talk", "say important");
    }

    @Test
    void theEndOfSpeechThatAKeyEndedChangesNothing() {
        var story =
                FlowStory.of(interruptible("menu"), talk("next"), talk("end")).begin();
        story.press("1");
        story.firstDone(new Result.Finished());
        assertThat(story.did()).containsExactly("say menu", "stop sound", "say next");
    }
}
