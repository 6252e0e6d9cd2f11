package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.HangupReason;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.sound.SoundDirection;
import java.time.Duration;

/**
 * What is to be done for a flow. All texts are filled in. Where there is an operation, {@link FlowEvent.Done} with the same number follows,
 * unless the call ends first. They are to be begun in order; none is waited for.
 */
public sealed interface FlowCommand {
    /** Answer the call to us; done once it is answered, or cannot be. */
    record Answer(long operation) implements FlowCommand {}

    /** Have something heard after what is heard already; done when the last of it was sent, or was stopped. */
    record Sound(long operation, SoundAction sound) implements FlowCommand {}

    /** End what is heard. */
    record StopSound() implements FlowCommand {}

    /** Press keys; done when the last was sent. */
    record SendDigits(long operation, String digits, Duration tone, Duration pause) implements FlowCommand {}

    /** Keep this for ever; {@link FlowEvent.Recorded} follows. */
    record RecordEntry(long seq, JournalEntry entry) implements FlowCommand {}

    /** Begin a recording; done, with what is to be remembered of it, when it has begun. */
    record StartRecording(long operation, CallAction.RecordingStart options) implements FlowCommand {}

    /** End it; done when its file is closed. */
    record StopRecording(long operation) implements FlowCommand {}

    /** Has one not hear the other, or hear it again. */
    record Mute(SoundDirection direction, boolean on) implements FlowCommand {}

    /** Begin to let the far end hear itself; {@code packets} as they came, else decoded and coded again. */
    record StartEcho(boolean packets) implements FlowCommand {}

    /** No more of that. */
    record StopEcho() implements FlowCommand {}

    /** Find out who answered; done with a {@link FlowEvent.Result.Who}. */
    record DetectMachine(long operation, MachineDetection options) implements FlowCommand {}

    /** Wait for the end of a machine's greeting, for so long at most; done with {@code Learnt}: {@code voipbin.call.beep}. */
    record AwaitBeep(long operation, Duration longest) implements FlowCommand {}

    /** Connect the far end with somebody else; done when they are parted, or with {@code NobodyAnswered}. */
    record Connect(long operation, CallAction.Connect options) implements FlowCommand {}

    /** Place other calls; done when they are on their way. */
    record PlaceCalls(long operation, CallAction.PlaceCalls options) implements FlowCommand {}

    /** Take part in a conference; done when it is over or the call has left it. */
    record JoinConference(long operation, String conferenceId) implements FlowCommand {}

    /** Ask for actions; done with {@code Brought} or {@code Failed}. */
    record Fetch(long operation, OutsideAction.Fetch options) implements FlowCommand {}

    /** Look a flow up; done with {@code Brought} or {@code Failed}. */
    record FetchFlow(long operation, String flowId) implements FlowCommand {}

    /** Tell somebody; done when it was answered, or was not. */
    record SendWebhook(long operation, OutsideAction.WebhookSend options) implements FlowCommand {}

    /** Take the far end's number on the do-not-call list; done when it is there. */
    record OptOut(long operation) implements FlowCommand {}

    /**
     * End the call.
     *
     * @param referenceId the Call-ID of a call that is over, whose reason counts instead where it is known; else empty
     */
    record HangUp(HangupReason reason, String referenceId) implements FlowCommand {}

    /** Tell the listener. */
    record Tell(FlowHappening happening) implements FlowCommand {}
}
