package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.gather.GatherMachine;
import java.util.OptionalLong;

/** What a run of a flow waits for. The steps here are filled in, apart from those that have not begun. */
sealed interface Phase {
    /** The journal has not kept everything yet that came before this step, which has not begun. */
    record AwaitingRecord(FlowStep step) implements Phase {}

    /** The call is being answered, which this step needs. */
    record Answering(long operation, FlowStep step) implements Phase {}

    /**
     * Something is heard.
     *
     * @param endedByKey whether a key ends it
     */
    record Sounding(long operation, FlowStep step, boolean endedByKey) implements Phase {}

    /** What the step asked for is not done yet. */
    record Waiting(long operation, FlowStep step) implements Phase {}

    /** Keys are waited for, until then at most. */
    record Collecting(FlowStep step, KeyAction.DigitsReceive wanted, long deadlineNanos) implements Phase {}

    /**
     * Keys are gathered.
     *
     * @param prompt what plays the prompt, as long as it is heard
     */
    record Gathering(FlowStep step, GatherMachine.State gathering, OptionalLong prompt) implements Phase {}

    /** The far end is told how to get no more calls. */
    record OfferingOptOut(long operation, FlowStep step, KeyAction.OptOut offer) implements Phase {}

    /** It was told, and its key is waited for until then. */
    record AwaitingOptOut(FlowStep step, KeyAction.OptOut offer, long deadlineNanos) implements Phase {}

    /** It pressed the key, which the journal has not kept yet. */
    record NotingOptOut(FlowStep step, KeyAction.OptOut offer) implements Phase {}

    /** Its number is being put on the list. */
    record OptingOut(long operation, FlowStep step, KeyAction.OptOut offer) implements Phase {}

    /**
     * It is told that this was done.
     *
     * @param endedByKey whether a key ends what is heard
     */
    record ConfirmingOptOut(long operation, FlowStep step, KeyAction.OptOut offer, boolean endedByKey)
            implements Phase {}

    /** Until then there is silence. */
    record Sleeping(FlowStep step, long deadlineNanos) implements Phase {}

    /** Until then the far end hears itself. */
    record Echoing(FlowStep step, long deadlineNanos) implements Phase {}

    /** Nothing comes any more. */
    record Over(FlowEnd end) implements Phase {}

    /**
     * Whether the flow is gone on with after this, as {@link FlowLimits#executions()} counts it. What is at once as a rule does not count, though
     * its end is waited for: actions that are asked for, and a recording that begins.
     */
    default boolean counts() {
        return switch (this) {
            case AwaitingRecord p -> false;
            case Answering p -> false;
            case Sounding p -> true;
            case Waiting p -> StepKind.waits(p.step().action());
            case Collecting p -> true;
            case Gathering p -> true;
            case OfferingOptOut p -> true;
            case AwaitingOptOut p -> true;
            case NotingOptOut p -> true;
            case OptingOut p -> true;
            case ConfirmingOptOut p -> true;
            case Sleeping p -> true;
            case Echoing p -> true;
            case Over p -> false;
        };
    }
}
