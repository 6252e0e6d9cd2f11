package dev.outdial.dialer;

import java.util.List;

/**
 * What becomes of a call and of a third one that is dialled for it, to be bridged: until the third is answered the first goes on whatever
 * happens, and from then on neither is there without the other. Pure functions of state and event.
 */
final class BridgedTransferMachine {
    private BridgedTransferMachine() {}

    /** How far it is. */
    enum State {
        /** The third is dialled. */
        DIALLING,
        /** They talk. */
        TALKING,
        /** It is over. */
        OVER
    }

    /** What happens to it. */
    enum Event {
        /** The third was answered. */
        THIRD_ANSWERED,
        /** The third call ended, answered or not. */
        THIRD_ENDED,
        /** The first call ended. */
        FIRST_ENDED,
        /** Whoever asked for it does not wait any more. */
        GIVEN_UP
    }

    /** What is to be done about it. */
    enum Action {
        /** The first hears no music any more. */
        STOP_MUSIC,
        /** Tell what dialling came to. */
        TELL,
        /** They hear each other no more. */
        PART,
        HANG_UP_FIRST,
        HANG_UP_THIRD
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

    /** Takes an event. */
    static Step step(State state, Event event) {
        return switch (state) {
            case DIALLING -> whileDialling(event);
            case TALKING -> whileTalking(event);
            // A 200 that crossed our CANCEL among them: who hung up ends what it set up.
            case OVER -> Step.to(State.OVER);
        };
    }

    private static Step whileDialling(Event event) {
        return switch (event) {
            case THIRD_ANSWERED -> Step.to(State.TALKING, Action.STOP_MUSIC, Action.TELL);
            // The first stays with who asked for it.
            case THIRD_ENDED -> Step.to(State.OVER, Action.PART, Action.STOP_MUSIC, Action.TELL);
            case FIRST_ENDED -> Step.to(State.OVER, Action.PART, Action.HANG_UP_THIRD);
            case GIVEN_UP -> Step.to(State.OVER, Action.PART, Action.STOP_MUSIC, Action.HANG_UP_THIRD);
        };
    }

    private static Step whileTalking(Event event) {
        return switch (event) {
            case THIRD_ENDED -> Step.to(State.OVER, Action.PART, Action.HANG_UP_FIRST);
            case FIRST_ENDED -> Step.to(State.OVER, Action.PART, Action.HANG_UP_THIRD);
            // Too late: they talk.
            case GIVEN_UP -> Step.to(State.TALKING);
            case THIRD_ANSWERED -> Step.to(State.TALKING);
        };
    }
}
