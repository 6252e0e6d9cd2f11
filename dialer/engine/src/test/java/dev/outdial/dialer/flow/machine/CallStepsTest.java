package dev.outdial.dialer.flow.machine;

import static dev.outdial.dialer.flow.machine.FlowStory.seconds;
import static dev.outdial.dialer.flow.machine.Steps.addresses;
import static dev.outdial.dialer.flow.machine.Steps.beep;
import static dev.outdial.dialer.flow.machine.Steps.branchOn;
import static dev.outdial.dialer.flow.machine.Steps.connect;
import static dev.outdial.dialer.flow.machine.Steps.empty;
import static dev.outdial.dialer.flow.machine.Steps.record;
import static dev.outdial.dialer.flow.machine.Steps.sleep;
import static dev.outdial.dialer.flow.machine.Steps.step;
import static dev.outdial.dialer.flow.machine.Steps.talk;
import static dev.outdial.dialer.flow.machine.Steps.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.sound.SoundDirection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallStepsTest {
    private static FlowStep detect(String id, boolean hangUpOnMachine, boolean async) {
        return step(id, new CallAction.DetectMachine(MachineDetection.DEFAULT, hangUpOnMachine, async));
    }

    private static FlowStep call(String id, CallAction.FlowSource flow, String... numbers) {
        return step(
                id,
                new CallAction.PlaceCalls(
                        Optional.empty(), addresses(numbers), flow, true, false, CallAction.Anonymous.AUTO));
    }

    @Test
    void answerAnswersACallToUsOnce() {
        var story = FlowStory.of(step("a", new CallAction.Answer()), step("b", new CallAction.Answer()), talk("hello"))
                .unansweredToUs()
                .begin();
        story.answered().done();
        assertThat(story.did()).containsExactly("answer", "say hello");
    }

    @Test
    void answerIsNothingInACallThatIsAnsweredOrOurs() {
        assertThat(FlowStory.of(step("a", new CallAction.Answer()), talk("hello"))
                        .begin()
                        .did())
                .containsExactly("say hello");
        assertThat(FlowStory.of(step("a", new CallAction.Answer()), talk("hello"))
                        .unansweredOurs()
                        .begin()
                        .did())
                .containsExactly("say hello");
    }

    @Test
    void connectIsGivenItsTextsFilledIn() {
        var story = FlowStory.of(connect("c", false, "+1${n}", "+2"), talk("end"))
                .with("n", "555")
                .begin();
        assertThat(story.did()).containsExactly("connect +1555 +2");
    }

    @Test
    void connectThatCannotDialIsPassedOver() {
        var story = FlowStory.of(connect("c", true, "+1"), talk("end")).begin();
        story.fails("the guard refused +1");
        assertThat(story.did()).containsExactly("connect +1", "say end");
        assertThat(story.told()).containsExactly("started", "c failed: the guard refused +1");
    }

    @Test
    void keysWhileConnectedAreKept() {
        var story = FlowStory.of(connect("c", false, "+1"), talk("end")).begin().press("56");
        assertThat(story.digits()).isEqualTo("6");
        assertThat(story.did()).containsExactly("connect +1");
    }

    @Test
    void furtherCallsArePlacedAndTheFlowGoesOn() {
        var inline = new Flow("", List.of(talk("theirs", "${name} is yours")));
        var story = FlowStory.of(
                        call("a", new CallAction.FlowSource.Stored("flow-${n}"), "+1", "+${n}"),
                        call("b", new CallAction.FlowSource.Inline(inline), "+3"),
                        talk("end"))
                .with("n", "2")
                .with("name", "Ann")
                .begin();
        story.done().fails("no trunk");
        // What is written for another call is filled in there.
        assertThat(story.did())
                .containsExactly("call +1 +2 Stored[flowId=flow-2]", "call +3 Inline[flow=" + inline + "]", "say end");
        assertThat(story.told()).containsExactly("started", "b failed: no trunk");
    }

    @Test
    void aConferenceLastsUntilItIsOverOrTheCallLeaves() {
        var story = FlowStory.of(step("c", new CallAction.JoinConference("room-${n}")), talk("end"))
                .with("n", "7")
                .begin();
        story.pass(3600);
        assertThat(story.did()).containsExactly("join room-7");
        assertThat(story.done().did()).containsExactly("join room-7", "say end");
    }

    @Test
    void aConferenceAnswersACallToUs() {
        var story = FlowStory.of(step("c", new CallAction.JoinConference("room")))
                .unansweredToUs()
                .begin();
        assertThat(story.done().did()).containsExactly("answer", "join room");
    }

    @Test
    void aRecordingBeginsAndItsFileIsClosedBeforeTheNextAction() {
        var story = FlowStory.of(
                        record("start"), talk("hello"), step("stop", new CallAction.RecordingStop()), talk("end"))
                .begin();
        assertThat(story.did()).containsExactly("start recording");
        story.done(new Result.Learnt(Map.of("voipbin.recording.id", "r1"))).done();
        assertThat(story.did()).containsExactly("start recording", "say hello", "stop recording");
        story.done();
        assertThat(story.did()).last().isEqualTo("say end");
        assertThat(story.value("voipbin.recording.id")).contains("r1");
    }

    @Test
    void aRecordingThatCannotBeginIsPassedOver() {
        var story = FlowStory.of(record("start"), talk("end")).begin().fails("disk full");
        assertThat(story.did()).last().isEqualTo("say end");
        assertThat(story.told()).containsExactly("started", "start failed: disk full");
    }

    @Test
    void muteIsDoneAtOnce() {
        var story = FlowStory.of(
                        step("on", new CallAction.Mute(SoundDirection.OUTGOING, true)),
                        step("off", new CallAction.Mute(SoundDirection.BOTH, false)),
                        talk("end"))
                .begin();
        assertThat(story.did()).containsExactly("mute OUTGOING true", "mute BOTH false", "say end");
    }

    @Test
    void echoEndsAfterItsTime() {
        var story = FlowStory.of(
                        step("e", new CallAction.Echo(seconds(3))),
                        step("s", new CallAction.StreamEcho(seconds(2))),
                        step("n", new CallAction.Echo(seconds(0))),
                        talk("end"))
                .begin();
        story.pass(2.9).press("1");
        assertThat(story.did()).containsExactly("echo");
        story.pass(0.1);
        assertThat(story.did()).containsExactly("echo", "stop echo", "echo packets");
        story.pass(2);
        assertThat(story.did()).containsExactly("echo", "stop echo", "echo packets", "stop echo", "say end");
        assertThat(story.digits()).isEqualTo("1");
    }

    @Test
    void aMachineEndsTheCallWhereItsAuthorWantsIt() {
        var story = FlowStory.of(detect("who", true, false), talk("hello")).begin();
        story.done(new Result.Who("MACHINE"));
        assertThat(story.did()).containsExactly("detect machine", "hang up amd");
        assertThat(story.told()).containsExactly("started", "detected MACHINE", "ended HUNG_UP a machine answered");
    }

    @Test
    void aPersonIsTalkedToAndSoIsAMachineThatTheFlowGoesOnWith() {
        var person =
                FlowStory.of(detect("who", true, false), talk("hello")).begin().done(new Result.Who("HUMAN"));
        assertThat(person.did()).containsExactly("detect machine", "say hello");
        var machine = FlowStory.of(
                        detect("who", false, false),
                        branchOn("by", Variables.AMD, "hello", "MACHINE", "message"),
                        talk("hello"),
                        talk("message"))
                .begin();
        machine.done(new Result.Who("MACHINE"));
        assertThat(machine.did()).containsExactly("detect machine", "say message");
    }

    @Test
    void detectionBesideOtherActionsIsRememberedWhenItComes() {
        var story = FlowStory.of(detect("who", false, true), talk("hello"), talk("end"))
                .begin();
        assertThat(story.did()).containsExactly("detect machine", "say hello");
        story.firstDone(new Result.Who("NOTSURE"));
        assertThat(story.at()).isEqualTo("hello");
        assertThat(story.value(Variables.AMD)).contains("NOTSURE");
        assertThat(story.told()).containsExactly("started", "detected NOTSURE");
    }

    @Test
    void detectionBesideOtherActionsEndsTheCallWhenItComes() {
        var story = FlowStory.of(detect("who", true, true), talk("hello"), talk("end"))
                .begin();
        story.firstDone(new Result.Who("MACHINE"));
        assertThat(story.did()).containsExactly("detect machine", "say hello", "hang up amd");
    }

    @Test
    void detectionThatFailsIsPassedOver() {
        var story =
                FlowStory.of(detect("who", true, false), talk("hello")).begin().fails("no media");
        assertThat(story.did()).containsExactly("detect machine", "say hello");
        assertThat(story.value(Variables.AMD)).isEmpty();
    }

    @Test
    void theEndOfAGreetingIsWaitedForAndHowItEndedIsKnown() {
        var story = FlowStory.of(
                        step("w", new CallAction.WaitBeep(seconds(60))), talk("say", "ended by ${voipbin.call.beep}"))
                .begin();
        story.done(new Result.Learnt(Map.of(Variables.BEEP, "beep")));
        assertThat(story.did()).containsExactly("await beep 60", "say ended by beep");
    }

    @Test
    void aWebhookThatIsSyncIsWaitedForAndItsFailureDoesNotMatter() {
        var story = FlowStory.of(webhook("w", true, "{\"who\":\"${n}\"}"), talk("end"))
                .with("n", "Ann")
                .begin();
        assertThat(story.did()).containsExactly("tell POST http://a/hook text/plain {\"who\":\"Ann\"}");
        story.fails("500");
        assertThat(story.did()).last().isEqualTo("say end");
        assertThat(story.told()).containsExactly("started", "w failed: 500");
    }

    @Test
    void aWebhookThatIsNotSyncIsNotWaitedFor() {
        var story = FlowStory.of(webhook("w", false, "x"), sleep("s", 1), talk("end"))
                .begin();
        story.fails("500");
        assertThat(story.told()).containsExactly("started", "w failed: 500");
        assertThat(story.at()).isEqualTo("s");
    }

    @Test
    void aCallThatEndsIsTheEndAndNothingIsDoneAnyMore() {
        var story = FlowStory.of(talk("hello"), talk("end")).begin().callEnds();
        story.done().press("1").pass(10).answered().cancelled().callEnds();
        assertThat(story.did()).containsExactly("say hello");
        assertThat(story.told()).containsExactly("started", "ended CALL_ENDED");
        assertThat(story.state().isOver()).isTrue();
        assertThat(FlowMachine.nextDeadlineNanos(story.state())).isEmpty();
    }

    @Test
    void whoeverCancelsTheFlowEndsTheCall() {
        var story =
                FlowStory.of(sleep("s", 10), talk("end")).begin().cancelled().pass(20);
        assertThat(story.did()).containsExactly("hang up cancel");
        assertThat(story.told()).containsExactly("started", "ended CANCELLED");
    }

    @Test
    void whatIsDoneTwiceOrWasNeverAskedForChangesNothing() {
        var story = FlowStory.of(talk("a"), talk("b"), beep("c")).begin().done();
        story.hear(new FlowEvent.Done(1, new Result.Finished()));
        story.hear(new FlowEvent.Done(1, new Result.Failed("late")));
        story.hear(new FlowEvent.Done(99, new Result.Who("MACHINE")));
        story.hear(new FlowEvent.Done(-1, new Result.Brought(new Flow("", List.of(empty("e"))))));
        assertThat(story.did()).containsExactly("say a", "say b");
        assertThat(story.told()).containsExactly("started");
    }
}
