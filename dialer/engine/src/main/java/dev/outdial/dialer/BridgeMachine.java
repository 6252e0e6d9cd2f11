package dev.outdial.dialer.bridge;

import java.util.List;

/** What becomes of two calls that are to be joined. Pure functions of state and event. */
public final class BridgeMachine {
    private BridgeMachine() {}

    /** One of the two calls. */
    public enum Side {
        FIRST,
        SECOND
    }

    /** How far the bridge is. */
    public sealed interface State {
        /** One of the calls, or both, are not answered. */
        record Waiting(boolean firstAnswered, boolean secondAnswered) implements State {}

        /** The far ends hear each other. */
        record Joined() implements State {}

        /** It is over. */
        record Over() implements State {}
    }

    /** What happens to it. */
    public sealed interface Event {
        /** A call was answered. */
        record Answered(Side side) implements Event {}

        /** A call ended, answered or not. */
        record Ended(Side side) implements Event {}

        /** Its owner takes it apart. */
        record Close() implements Event {}
    }

    /** What is to be done about it. */
    public enum Action {
        /** Have the far ends hear each other. */
        JOIN,
        /** Have them hear each other no more. */
        PART,
        /** Tell that they are joined. */
        TELL_JOINED,
        /** Tell that the first call ended. */
        TELL_FIRST_LEFT,
        /** Tell that the second call ended. */
        TELL_SECOND_LEFT,
        /** Tell that it is over. */
        TELL_CLOSED
    }

    /** The next state, and what is to be done on the way, in order. */
    public record Step(State next, List<Action> actions) {
        /** Copies the actions. */
        public Step {
            actions = List.copyOf(actions);
        }

        private static Step to(State next, Action... actions) {
            return new Step(next, List.of(actions));
        }
    }

    /** A bridge of which nothing is known yet. */
    public static State begin() {
        return new State.Waiting(false, false);
    }

    /** Takes an event. */
    public static Step step(State state, Event event) {
        return switch (state) {
            case State.Waiting waiting -> whileWaiting(waiting, event);
            case State.Joined joined -> whileJoined(joined, event);
            case State.Over over -> Step.to(over);
        };
    }

    private static Step whileWaiting(State.Waiting state, Event event) {
        return switch (event) {
            case Event.Answered answered -> {
                boolean first = state.firstAnswered() || answered.side() == Side.FIRST;
                boolean second = state.secondAnswered() || answered.side() == Side.SECOND;
                yield first && second
                        ? Step.to(new State.Joined(), Action.JOIN, Action.TELL_JOINED)
                        : Step.to(new State.Waiting(first, second));
            }
            case Event.Ended ended -> Step.to(new State.Over(), left(ended.side()), Action.TELL_CLOSED);
            case Event.Close close -> Step.to(new State.Over(), Action.TELL_CLOSED);
        };
    }

    private static Step whileJoined(State.Joined state, Event event) {
        return switch (event) {
            case Event.Answered again -> Step.to(state);
            // The other call stays.
            case Event.Ended ended -> Step.to(new State.Over(), Action.PART, left(ended.side()), Action.TELL_CLOSED);
            case Event.Close close -> Step.to(new State.Over(), Action.PART, Action.TELL_CLOSED);
        };
    }

    private static Action left(Side side) {
        return side == Side.FIRST ? Action.TELL_FIRST_LEFT : Action.TELL_SECOND_LEFT;
    }
}
