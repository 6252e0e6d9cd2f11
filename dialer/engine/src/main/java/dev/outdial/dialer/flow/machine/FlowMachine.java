package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.Variables;
import java.util.List;
import java.util.OptionalLong;

/** Decides one run of a flow. Pure: happenings and time are arguments. */
public final class FlowMachine {
    private FlowMachine() {}

    /** How far it is. */
    public record State(Variables variables) {
        /** Whether the run is over. */
        public boolean isOver() {
            return false;
        }
    }

    /**
     * What comes of an event.
     *
     * @param commands what is to be done, in order
     */
    public record Step(State next, List<FlowCommand> commands) {}

    /**
     * Begins.
     *
     * @param variables what it remembers already: of the call, and the user's own
     * @param answered whether the call is answered
     * @param ours whether we placed the call, so that nobody has to answer it for us
     */
    public static Step begin(
            Flow flow, Variables variables, boolean answered, boolean ours, FlowLimits limits, Moment now) {
        throw new UnsupportedOperationException();
    }

    /** Takes an event. */
    public static Step step(State state, FlowEvent event, Moment now) {
        throw new UnsupportedOperationException();
    }

    /** When {@link FlowEvent.Tick} is due next. */
    public static OptionalLong nextDeadlineNanos(State state) {
        return OptionalLong.empty();
    }
}
