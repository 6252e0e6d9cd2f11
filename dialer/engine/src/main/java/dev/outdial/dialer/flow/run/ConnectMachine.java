package dev.outdial.dialer.flow.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a call and of those who are dialled to talk with it: the first who answers does, until one of the two leaves; the call
 * itself stays with its flow. Pure functions of state and event.
 */
final class ConnectMachine {
    private ConnectMachine() {}

    /** How far it is. Members are counted from 0, in the order of the destinations. */
    sealed interface State {
        /**
         * They are dialled.
         *
         * @param early whether what a network plays before the answer is to be heard
         * @param heard whose is
         */
        record Dialling(boolean early, Optional<Integer> heard) implements State {}

        /** One of them talks with the call. */
        record Talking(int member) implements State {}

        /** It is over. */
        record Over() implements State {}
    }

    /** What happens to it. */
    sealed interface Event {
        /** A member can be heard before the answer. */
        record EarlyMedia(int member) implements Event {}

        /** A member was the first to answer. */
        record Won(int member) implements Event {}

        /** A member's call is over. */
        record MemberEnded(int member) implements Event {}

        /** Nobody answered, or all calls are over. */
        record AllOver() implements Event {}

        /** The call itself is over. */
        record FirstEnded() implements Event {}

        /** Nobody wants it any more. */
        record GivenUp() implements Event {}
    }

    /** What is to be done about it. */
    sealed interface Action {
        /** The call hears no ringing any more. */
        record StopRinging() implements Action {}

        /** The call hears this member before the answer. */
        record Hear(int member) implements Action {}

        /** They hear each other no more. */
        record Part() implements Action {}

        /** The call is answered, where it is one to us that was not yet. */
        record AnswerFirst() implements Action {}

        /** They hear each other. */
        record Join(int member) implements Action {}

        /** Whoever was dialled is given up. */
        record HangUpMembers() implements Action {}

        /** They talked, or the call has ended: nothing is left to be done. */
        record TellFinished() implements Action {}

        record TellNobody() implements Action {}
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

    /** @param early whether what a network plays before the answer is to be heard */
    static State begin(boolean early) {
        return new State.Dialling(early, Optional.empty());
    }

    /** Takes an event. */
    static Step step(State state, Event event) {
        return switch (state) {
            case State.Dialling s -> whileDialling(s, event);
            case State.Talking s -> whileTalking(s, event);
            case State.Over s -> Step.to(s);
        };
    }

    private static Step whileDialling(State.Dialling s, Event event) {
        return switch (event) {
            case Event.EarlyMedia e ->
                s.early() && s.heard().isEmpty()
                        ? Step.to(
                                new State.Dialling(true, Optional.of(e.member())),
                                new Action.StopRinging(),
                                new Action.Hear(e.member()))
                        : Step.to(s);
            case Event.Won e -> won(s, e.member());
            // Who was heard may have been the wrong one; the others go on in silence, as a network would have it.
            case Event.MemberEnded e -> Step.to(s);
            case Event.AllOver e ->
                Step.to(new State.Over(), new Action.StopRinging(), new Action.Part(), new Action.TellNobody());
            case Event.FirstEnded e -> firstEnded();
            case Event.GivenUp e ->
                Step.to(new State.Over(), new Action.StopRinging(), new Action.Part(), new Action.HangUpMembers());
        };
    }

    private static Step won(State.Dialling s, int member) {
        var actions = new ArrayList<Action>();
        actions.add(new Action.StopRinging());
        // Heard already, it goes on to be: taken apart and joined again, a word would be lost.
        boolean joined = s.heard().equals(Optional.of(member));
        if (s.heard().isPresent() && !joined) actions.add(new Action.Part());
        actions.add(new Action.AnswerFirst());
        if (!joined) actions.add(new Action.Join(member));
        return new Step(new State.Talking(member), actions);
    }

    private static Step whileTalking(State.Talking s, Event event) {
        return switch (event) {
            case Event.MemberEnded e -> e.member() == s.member() ? parted() : Step.to(s);
            case Event.AllOver e -> parted();
            case Event.FirstEnded e -> firstEnded();
            case Event.GivenUp e -> Step.to(new State.Over(), new Action.Part(), new Action.HangUpMembers());
            case Event.EarlyMedia e -> Step.to(s);
            case Event.Won e -> Step.to(s);
        };
    }

    private static Step parted() {
        return Step.to(new State.Over(), new Action.Part(), new Action.HangUpMembers(), new Action.TellFinished());
    }

    private static Step firstEnded() {
        return Step.to(new State.Over(), new Action.Part(), new Action.HangUpMembers(), new Action.TellFinished());
    }
}
