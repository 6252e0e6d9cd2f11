package dev.outdial.dialer.flow.machine;

import java.nio.file.Path;

/** What a listener hears of one run of a flow, in order; {@link Ended} comes once and last. */
public sealed interface FlowHappening {
    /** It begins. */
    record Started() implements FlowHappening {}

    /** A step begins. */
    record StepStarted(String stepId, String type) implements FlowHappening {}

    /** A step could not do what it should, and the flow goes on or ends, as its kind has it. */
    record StepFailed(String stepId, String type, String why) implements FlowHappening {}

    /** A step that decides has decided where to go on: another than the next one. */
    record Jumped(String fromStepId, String toStepId) implements FlowHappening {}

    /** A recording goes on from now, or from the answer if that is later. @param file its name ends with the id */
    record RecordingStarted(String recordingId, Path file) implements FlowHappening {}

    /** Who answered: HUMAN, MACHINE or NOTSURE. */
    record Detected(String result) implements FlowHappening {}

    /** The far end's number is on the do-not-call list from now on. */
    record OptedOut() implements FlowHappening {}

    /**
     * It is over.
     *
     * @param why one sentence, empty where there is nothing to say
     */
    record Ended(FlowEnd end, String why) implements FlowHappening {}
}
