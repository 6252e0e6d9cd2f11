package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.HangupReason;
import dev.outdial.dialer.flow.Variables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides one run of a flow. Pure: happenings and time are arguments. Whatever comes late, twice or out of order, it throws nothing, ends once, and
 * has nothing done after that.
 */
public final class FlowMachine {
    private FlowMachine() {}

    /** How far it is. Immutable. */
    public static final class State {
        private final Memory memory;
        private final Phase phase;

        State(Memory memory, Phase phase) {
            this.memory = memory;
            this.phase = phase;
        }

        Memory memory() {
            return memory;
        }

        Phase phase() {
            return phase;
        }

        /** What it remembers. */
        public Variables variables() {
            return memory.variables();
        }

        /** Whether the run is over. */
        public boolean isOver() {
            return phase instanceof Phase.Over;
        }

        /** Why, once it is. */
        public Optional<FlowEnd> end() {
            return phase instanceof Phase.Over over ? Optional.of(over.end()) : Optional.empty();
        }

        /** Which step it is at, as its author wrote it, begun or about to begin; empty once it is over. */
        public Optional<FlowStep> at() {
            return isOver() ? Optional.empty() : memory.frame().step();
        }

        /** Shows where it is, and nothing of what it remembers: keys may be secret. */
        @Override
        public String toString() {
            return phase.getClass().getSimpleName()
                    + at().map(step -> " at " + step.id()).orElse("");
        }
    }

    /**
     * What comes of an event.
     *
     * @param commands what is to be done, in order
     */
    public record Step(State next, List<FlowCommand> commands) {
        /** Copies the commands. */
        public Step {
            commands = List.copyOf(commands);
        }
    }

    /**
     * Begins.
     *
     * @param variables what it remembers already: of the call, and the user's own
     * @param answered whether the call is answered
     * @param ours whether we placed the call, so that nobody has to answer it for us
     */
    public static Step begin(
            Flow flow, Variables variables, boolean answered, boolean ours, FlowLimits limits, Moment now) {
        var memory = new Memory(limits, ours, answered, variables, false, Frame.before(flow), 0, 0, 0, 1, 0, Map.of());
        var turn = new Turn(memory, now);
        turn.tell(new FlowHappening.Started());
        return turn.follow(Onward.NEXT);
    }

    /** Takes an event. */
    public static Step step(State state, FlowEvent event, Moment now) {
        if (state.isOver()) return new Step(state, List.of());
        var turn = new Turn(state.memory(), now);
        return switch (event) {
            case FlowEvent.Key key -> onward(turn, state.phase(), Keys.pressed(turn, state.phase(), key.digit()));
            case FlowEvent.Done done -> onward(turn, state.phase(), Operations.done(turn, state.phase(), done));
            case FlowEvent.Recorded recorded -> {
                turn.kept(recorded.seq());
                yield onward(turn, state.phase(), kept(turn, state.phase()));
            }
            case FlowEvent.Tick tick -> onward(turn, state.phase(), Timers.passed(turn, state.phase()));
            case FlowEvent.Answered answered -> {
                turn.answered();
                yield turn.stay(state.phase());
            }
            case FlowEvent.CallEnded ended -> {
                Keys.hungUp(turn, state.phase());
                yield turn.over(FlowEnd.CALL_ENDED, "");
            }
            case FlowEvent.Cancel cancel -> turn.follow(new Onward.End(FlowEnd.CANCELLED, HangupReason.CANCEL, "", ""));
        };
    }

    /** When {@link FlowEvent.Tick} is due next. */
    public static OptionalLong nextDeadlineNanos(State state) {
        return Timers.nextDeadlineNanos(state.phase());
    }

    private static Step onward(Turn turn, Phase before, Onward onward) {
        if (onward instanceof Onward.Wait wait) return turn.stay(wait.phase());
        if (before.counts()) turn.goneOnWith();
        return turn.follow(onward);
    }

    private static Onward kept(Turn turn, Phase phase) {
        if (!turn.isAllKept()) return Onward.waitIn(phase);
        return switch (phase) {
            case Phase.AwaitingRecord p -> turn.begin(p.step());
            case Phase.NotingOptOut p -> OptingOut.keyKept(turn, p);
            case Phase.Answering p -> Onward.waitIn(p);
            case Phase.Sounding p -> Onward.waitIn(p);
            case Phase.Waiting p -> Onward.waitIn(p);
            case Phase.Collecting p -> Onward.waitIn(p);
            case Phase.Gathering p -> Onward.waitIn(p);
            case Phase.OfferingOptOut p -> Onward.waitIn(p);
            case Phase.AwaitingOptOut p -> Onward.waitIn(p);
            case Phase.OptingOut p -> Onward.waitIn(p);
            case Phase.ConfirmingOptOut p -> Onward.waitIn(p);
            case Phase.Sleeping p -> Onward.waitIn(p);
            case Phase.Echoing p -> Onward.waitIn(p);
            case Phase.Over p -> Onward.waitIn(p);
        };
    }
}
