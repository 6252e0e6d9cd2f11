package dev.outdial.dialer;

import java.util.List;

/** What becomes of two calls that are to be joined. Pure functions of state and event. */
final class BridgeMachine {
    private BridgeMachine() {}

    /** One of the two calls. */
    enum Side {
        FIRST,
        SECOND
    }

    /** How far the bridge is. */
    sealed interface State {
        /** One of the calls, or both, cannot be heard yet. */
        record Waiting(boolean firstReady, boolean secondReady) implements State {}

        /** They are being joined. */
        record Joining() implements State {}

        /** The far ends hear each other. */
        record Joined() implements State {}

        /** It is over. */
        record Over() implements State {}
    }

    /** What happens to it. */
    sealed interface Event {
        /** A call can be joined: it is answered, or its early media is wanted and there may be some. */
        record Ready(Side side) implements Event {}

        /** They are joined. */
        record Opened() implements Event {}

        /** They cannot be joined. */
        record Failed() implements Event {}

        /** A call ended, answered or not. */
        record Ended(Side side) implements Event {}

        /** Its owner takes it apart. */
        record Close() implements Event {}
    }

    /** What is to be done about it. */
    enum Action {
        /** Have the far ends hear each other; ends in {@link Event.Opened} or {@link Event.Failed}. */
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
    record Step(State next, List<Action> actions) {
        Step {
            actions = List.copyOf(actions);
        }

        private static Step to(State next, Action... actions) {
            return new Step(next, List.of(actions));
        }
    }

    /** A bridge of which nothing is known yet. */
    static State begin() {
        return new State.Waiting(false, false);
    }

    /** Takes an event. */
    static Step step(State state, Event event) {
        return switch (state) {
            case State.Waiting waiting -> whileWaiting(waiting, event);
            case State.Joining joining -> whileJoining(joining, event);
            case State.Joined joined -> whileJoined(joined, event);
            case State.Over over -> Step.to(over);
        };
    }

    private static Step whileWaiting(State.Waiting state, Event event) {
        return switch (event) {
            case Event.Ready ready -> {
                boolean first = state.firstReady() || ready.side() == Side.FIRST;
                boolean second = state.secondReady() || ready.side() == Side.SECOND;
                yield first && second
                        ? Step.to(new State.Joining(), Action.JOIN)
                        : Step.to(new State.Waiting(first, second));
            }
            case Event.Ended ended -> Step.to(new State.Over(), left(ended.side()), Action.TELL_CLOSED);
            case Event.Close close -> Step.to(new State.Over(), Action.TELL_CLOSED);
            case Event.Opened e -> Step.to(state);
            case Event.Failed e -> Step.to(state);
        };
    }

    private static Step whileJoining(State.Joining state, Event event) {
        return switch (event) {
            case Event.Opened opened -> Step.to(new State.Joined(), Action.TELL_JOINED);
            case Event.Failed failed -> Step.to(new State.Over(), Action.TELL_CLOSED);
            // Nobody was told that they were joined, and part of it may be done.
            case Event.Ended ended -> Step.to(new State.Over(), Action.PART, left(ended.side()), Action.TELL_CLOSED);
            case Event.Close close -> Step.to(new State.Over(), Action.PART, Action.TELL_CLOSED);
            case Event.Ready again -> Step.to(state);
        };
    }

    private static Step whileJoined(State.Joined state, Event event) {
        return switch (event) {
            case Event.Ready again -> Step.to(state);
            // The other call stays.
            case Event.Ended ended -> Step.to(new State.Over(), Action.PART, left(ended.side()), Action.TELL_CLOSED);
            case Event.Close close -> Step.to(new State.Over(), Action.PART, Action.TELL_CLOSED);
            case Event.Opened e -> Step.to(state);
            case Event.Failed e -> Step.to(state);
        };
    }

    private static Action left(Side side) {
        return side == Side.FIRST ? Action.TELL_FIRST_LEFT : Action.TELL_SECOND_LEFT;
    }
}
