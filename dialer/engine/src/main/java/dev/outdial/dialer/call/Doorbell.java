package dev.outdial.dialer.call;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.sip.event.SessionEnd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Decides the life of a call to us until it is answered or over; an answered one is {@link CallMachine}'s. Pure. */
final class Doorbell {
    private static final int Q850_NORMAL_CLEARING = 16;
    private static final int Q850_NO_ANSWER = 19;
    private static final int Q850_CALL_REJECTED = 21;
    private static final int Q850_ANSWERED_ELSEWHERE = 26;
    private static final int Q850_TEMPORARY_FAILURE = 41;
    private static final int Q850_INCOMPATIBLE_DESTINATION = 88;
    private static final int TEMPORARILY_UNAVAILABLE = 480;
    private static final int NOT_ACCEPTABLE_HERE = 488;
    private static final int SERVER_INTERNAL_ERROR = 500;
    private static final String FAULT = "a fault of our own ended the call";

    /** Longer than any SIP transaction lives (64 x T1 = 32 s): after it a session that says nothing is given up. */
    private static final Duration END_WATCHDOG = Duration.ofSeconds(40);

    private Doorbell() {}

    sealed interface State {
        /**
         * Nobody has decided yet.
         *
         * @param answerAtNanos when it is answered by itself
         */
        record Ringing(Progress progress, long giveUpAtNanos, OptionalLong answerAtNanos) implements State {
            Ringing at(Progress next) {
                return new Ringing(next, giveUpAtNanos, answerAtNanos);
            }
        }

        /** We answered with an offer; the far end's answer comes with its ACK. */
        record Answering(Progress progress, long watchdogNanos) implements State {}

        /** We said no and wait for the session to be over. */
        record Declining(CallOutcome outcome, long watchdogNanos) implements State {}

        /** Answered: from here on it is a call like any other. */
        record Answered(Progress progress) implements State {}

        record Over(CallOutcome outcome) implements State {}
    }

    sealed interface Event {
        /** The user wants it to ring. */
        record Ring() implements Event {}

        /** The user wants the caller to hear us before the answer; what the caller offered was agreed on. */
        record RingWithMedia() implements Event {}

        /** The user answers; what the far end offered was agreed on, or it offered nothing and {@code lateOffer} is ours. */
        record Accept(boolean lateOffer) implements Event {}

        /** The user wants to answer, and what the far end offered cannot be agreed on. */
        record Incompatible(String why) implements Event {}

        /** The ACK brought the answer to our offer; {@code trouble} says what is wrong with it, empty where media can flow. */
        record Confirmed(String trouble) implements Event {}

        /** The user says no. */
        record Decline(int status) implements Event {}

        /** The user, or the dialer that closes, wants nothing to do with it any more. */
        record HangUp(HangUpCause cause) implements Event {
            HangUp() {
                this(HangUpCause.NORMAL);
            }
        }

        /** A promise of our own was broken: the call cannot go on. */
        record Fault() implements Event {}

        record SessionEnded(SessionEnd end) implements Event {}

        record Tick() implements Event {}
    }

    sealed interface Action {
        record SendRinging() implements Action {}

        /** 183 with our session description. */
        record SendEarlyMedia() implements Action {}

        /** Nobody has decided in time: answer, as the user would; ends in {@link Event.Accept} or {@link Event.Incompatible}. */
        record Answer() implements Action {}

        record SendAnswer() implements Action {}

        record SendRefusal(int status) implements Action {}

        record EndSession(int cause) implements Action {}

        record BeginCall() implements Action {}

        record ReportEnded(CallOutcome outcome) implements Action {}
    }

    record Step(State next, List<Action> actions) {
        static Step to(State next, Action... actions) {
            return new Step(next, List.of(actions));
        }
    }

    /** @param answerAfter when it is to be answered by itself; empty where the user decides */
    static State start(Duration ringFor, Optional<Duration> answerAfter, long nowNanos) {
        return new State.Ringing(
                Progress.START,
                nowNanos + ringFor.toNanos(),
                answerAfter
                        .map(after -> OptionalLong.of(nowNanos + after.toNanos()))
                        .orElseGet(OptionalLong::empty));
    }

    static Step step(State state, Event event, long nowNanos) {
        return switch (state) {
            case State.Ringing s -> whileRinging(s, event, nowNanos);
            case State.Answering s -> whileAnswering(s, event, nowNanos);
            case State.Declining s -> whileDeclining(s, event, nowNanos);
            case State.Answered s -> whileAnswered(s, event, nowNanos);
            case State.Over s -> Step.to(s);
        };
    }

    /** When {@link Event.Tick} is due next. */
    static OptionalLong nextDeadlineNanos(State state) {
        return switch (state) {
            case State.Ringing s ->
                s.answerAtNanos().isPresent() ? s.answerAtNanos() : OptionalLong.of(s.giveUpAtNanos());
            case State.Answering s -> OptionalLong.of(s.watchdogNanos());
            case State.Declining s -> OptionalLong.of(s.watchdogNanos());
            case State.Answered s -> OptionalLong.empty();
            case State.Over s -> OptionalLong.empty();
        };
    }

    private static Step whileRinging(State.Ringing s, Event event, long now) {
        return switch (event) {
            case Event.Ring e ->
                s.progress().hasRung()
                        ? Step.to(s)
                        : Step.to(s.at(s.progress().ringing(Phase.RINGING, now)), new Action.SendRinging());
            case Event.RingWithMedia e ->
                s.progress().phase().compareTo(Phase.EARLY_MEDIA) >= 0
                        ? Step.to(s)
                        : Step.to(s.at(s.progress().ringing(Phase.EARLY_MEDIA, now)), new Action.SendEarlyMedia());
            case Event.Accept e ->
                e.lateOffer()
                        ? Step.to(
                                new State.Answering(s.progress(), now + END_WATCHDOG.toNanos()),
                                new Action.SendAnswer())
                        : Step.to(
                                new State.Answered(s.progress().answered(now)),
                                new Action.SendAnswer(),
                                new Action.BeginCall());
            case Event.Incompatible e ->
                decline(s, NOT_ACCEPTABLE_HERE, OutcomeKind.FAILED, Q850_INCOMPATIBLE_DESTINATION, e.why(), now);
            case Event.Decline e ->
                decline(s, e.status(), OutcomeKind.REJECTED, Q850_CALL_REJECTED, "we declined the call", now);
            case Event.HangUp e ->
                decline(
                        s,
                        e.cause().refusal(),
                        OutcomeKind.CANCELED,
                        e.cause().q850(),
                        "given up before it was answered" + inWords(e.cause()),
                        now);
            case Event.Fault e ->
                decline(s, SERVER_INTERNAL_ERROR, OutcomeKind.FAILED, Q850_TEMPORARY_FAILURE, FAULT, now);
            case Event.SessionEnded e -> over(ended(s.progress(), e.end(), now));
            case Event.Tick t
            when now - s.giveUpAtNanos() >= 0 ->
                decline(
                        s,
                        TEMPORARILY_UNAVAILABLE,
                        OutcomeKind.NO_ANSWER,
                        Q850_NO_ANSWER,
                        "nobody here took the call",
                        now);
            case Event.Tick t
            when s.answerAtNanos().isPresent() && now - s.answerAtNanos().getAsLong() >= 0 ->
                Step.to(new State.Ringing(s.progress(), s.giveUpAtNanos(), OptionalLong.empty()), new Action.Answer());
            case Event.Tick t -> Step.to(s);
            case Event.Confirmed e -> Step.to(s);
        };
    }

    private static Step whileAnswering(State.Answering s, Event event, long now) {
        return switch (event) {
            case Event.Confirmed e
            when e.trouble().isEmpty() ->
                Step.to(new State.Answered(s.progress().answered(now)), new Action.BeginCall());
            case Event.Confirmed e ->
                hangUp(s.progress(), OutcomeKind.FAILED, Q850_INCOMPATIBLE_DESTINATION, e.trouble(), now);
            case Event.HangUp e ->
                hangUp(
                        s.progress(),
                        OutcomeKind.CANCELED,
                        e.cause().q850(),
                        "given up before it was confirmed" + inWords(e.cause()),
                        now);
            case Event.Decline e ->
                hangUp(
                        s.progress(),
                        OutcomeKind.CANCELED,
                        Q850_NORMAL_CLEARING,
                        "given up before it was confirmed",
                        now);
            case Event.Fault e -> hangUp(s.progress(), OutcomeKind.FAILED, Q850_TEMPORARY_FAILURE, FAULT, now);
            case Event.SessionEnded e -> over(ended(s.progress(), e.end(), now));
            case Event.Tick t
            when now - s.watchdogNanos() >= 0 ->
                hangUp(s.progress(), OutcomeKind.FAILED, Q850_TEMPORARY_FAILURE, "our answer was never confirmed", now);
            case Event.Tick t -> Step.to(s);
            case Event.Ring e -> Step.to(s);
            case Event.RingWithMedia e -> Step.to(s);
            case Event.Accept e -> Step.to(s);
            case Event.Incompatible e -> Step.to(s);
        };
    }

    private static Step whileDeclining(State.Declining s, Event event, long now) {
        return switch (event) {
            case Event.SessionEnded e -> over(s.outcome());
            case Event.Tick t when now - s.watchdogNanos() >= 0 -> over(s.outcome());
            case Event.Tick t -> Step.to(s);
            case Event.Ring e -> Step.to(s);
            case Event.RingWithMedia e -> Step.to(s);
            case Event.Accept e -> Step.to(s);
            case Event.Incompatible e -> Step.to(s);
            case Event.Confirmed e -> Step.to(s);
            case Event.Decline e -> Step.to(s);
            case Event.HangUp e -> Step.to(s);
            case Event.Fault e -> Step.to(s);
        };
    }

    // Who runs the call from here on hears the rest; a fault on the way there leaves it to nobody but us.
    private static Step whileAnswered(State.Answered s, Event event, long now) {
        return switch (event) {
            case Event.Fault e -> hangUp(s.progress(), OutcomeKind.FAILED, Q850_TEMPORARY_FAILURE, FAULT, now);
            case Event.HangUp e -> Step.to(s);
            case Event.SessionEnded e -> Step.to(s);
            case Event.Tick t -> Step.to(s);
            case Event.Ring e -> Step.to(s);
            case Event.RingWithMedia e -> Step.to(s);
            case Event.Accept e -> Step.to(s);
            case Event.Incompatible e -> Step.to(s);
            case Event.Confirmed e -> Step.to(s);
            case Event.Decline e -> Step.to(s);
        };
    }

    private static String inWords(HangUpCause cause) {
        return cause == HangUpCause.NORMAL ? "" : ": " + cause.word();
    }

    private static Step decline(State.Ringing s, int status, OutcomeKind kind, int cause, String why, long now) {
        CallOutcome outcome = local(s.progress(), kind, OptionalInt.of(status), cause, why, now);
        return Step.to(new State.Declining(outcome, now + END_WATCHDOG.toNanos()), new Action.SendRefusal(status));
    }

    private static Step hangUp(Progress progress, OutcomeKind kind, int cause, String why, long now) {
        CallOutcome outcome = local(progress, kind, OptionalInt.empty(), cause, why, now);
        return Step.to(new State.Declining(outcome, now + END_WATCHDOG.toNanos()), new Action.EndSession(cause));
    }

    private static CallOutcome local(
            Progress progress, OutcomeKind kind, OptionalInt status, int cause, String why, long now) {
        return progress.outcome(kind, status, OptionalInt.of(cause), EndedBy.LOCAL, false, why, now);
    }

    /** The far end, or the wire, was quicker than we were. */
    private static CallOutcome ended(Progress progress, SessionEnd end, long now) {
        boolean elsewhere = end.q850().isPresent() && end.q850().getAsInt() == Q850_ANSWERED_ELSEWHERE;
        boolean canceled = end.cause() == SessionEnd.Cause.CANCELED || end.cause() == SessionEnd.Cause.REMOTE_BYE;
        EndedBy by = end.by() == SessionEnd.EndedBy.LOCAL ? EndedBy.LOCAL : EndedBy.REMOTE;
        return progress.outcome(
                canceled ? OutcomeKind.CANCELED : OutcomeKind.FAILED,
                end.sipStatus(),
                end.q850().isPresent()
                        ? end.q850()
                        : OptionalInt.of(canceled ? Q850_NORMAL_CLEARING : Q850_TEMPORARY_FAILURE),
                by,
                false,
                elsewhere ? "somebody else took the call" : canceled ? "whoever called gave up" : end.reason(),
                now);
    }

    private static Step over(CallOutcome outcome) {
        return Step.to(new State.Over(outcome), new Action.ReportEnded(outcome));
    }
}
