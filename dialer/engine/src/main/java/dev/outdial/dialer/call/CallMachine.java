package dev.outdial.dialer.call;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.dialer.outcome.Verdict;
import dev.outdial.sip.session.SessionEnd;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Decides the life of one outgoing leg from its permit to its outcome. Pure: events and time are arguments, what is to be
 * done comes back as actions. One answer and one end are reported, whatever arrives late or twice.
 */
final class CallMachine {
    private static final int Q850_NORMAL_CLEARING = 16;
    private static final int Q850_INCOMPATIBLE_DESTINATION = 88;
    private static final int Q850_NO_ANSWER = 19;

    /** Longer than any SIP transaction lives (64 x T1 = 32 s): after it a session that says nothing is given up. */
    private static final Duration END_WATCHDOG = Duration.ofSeconds(40);

    private CallMachine() {}

    sealed interface State {
        /** A permit is there, nothing was sent. */
        record Permitted(CallLimits limits) implements State {}

        /** The INVITE is out; nobody answered yet. */
        record Calling(CallLimits limits, Progress progress, long ringDeadlineNanos) implements State {}

        /** We gave up before the answer and wait for the session to be over. */
        record GivingUp(Progress progress, HangUpReason reason, long watchdogNanos) implements State {}

        /** Answered. */
        record Talking(Progress progress, long endDeadlineNanos) implements State {}

        /** We said good-bye and wait for the session to be over. */
        record HangingUp(Progress progress, HangUpReason reason, String detail, long endedNanos, long watchdogNanos)
                implements State {}

        record Over(CallOutcome outcome) implements State {}
    }

    /** How far the call came, and when. */
    record Progress(Phase phase, OptionalLong ringingNanos, OptionalLong answeredNanos) {
        static final Progress START = new Progress(Phase.NONE, OptionalLong.empty(), OptionalLong.empty());

        Progress reached(Phase reached) {
            return new Progress(phase.furthest(reached), ringingNanos, answeredNanos);
        }

        Progress ringing(Phase reached, long now) {
            return new Progress(
                    phase.furthest(reached),
                    ringingNanos.isPresent() ? ringingNanos : OptionalLong.of(now),
                    answeredNanos);
        }

        Progress answered(long now) {
            return new Progress(phase.furthest(Phase.ANSWERED), ringingNanos, OptionalLong.of(now));
        }

        boolean hasRung() {
            return ringingNanos.isPresent();
        }

        private CallOutcome outcome(
                OutcomeKind kind,
                OptionalInt sipCode,
                OptionalInt cause,
                EndedBy by,
                boolean retryable,
                String reason,
                long endNanos) {
            long ringEnd = answeredNanos.orElse(endNanos);
            return new CallOutcome(
                    kind,
                    sipCode,
                    cause,
                    by,
                    phase,
                    retryable,
                    reason,
                    millis(ringEnd - ringingNanos.orElse(ringEnd)),
                    millis(endNanos - answeredNanos.orElse(endNanos)));
        }

        private static long millis(long nanos) {
            return Math.max(0, nanos / 1_000_000);
        }
    }

    sealed interface Event {
        /** The permit is in the mailbox: send now or never. */
        record Go(boolean permitIsValid) implements Event {}

        record Invited() implements Event {}

        record Provisional(int status, boolean sessionDescription) implements Event {}

        /** A 2xx; {@code trouble} says what is wrong with its session description, empty where media can flow. */
        record Answered(int status, String codec, String trouble) implements Event {}

        /** After the answer, the far end's first RTP packet. */
        record MediaSeen() implements Event {}

        record SessionEnded(SessionEnd end) implements Event {}

        record HangUp(HangUpReason reason) implements Event {}

        record Tick() implements Event {}
    }

    sealed interface Action {
        record SendInvite() implements Action {}

        record ReportSent() implements Action {}

        record ReportRinging(int status, boolean earlyMedia) implements Action {}

        record ReportAnswered(String codec) implements Action {}

        /** CANCEL or BYE, whichever fits. */
        record EndSession(OptionalInt cause) implements Action {}

        record ReportEnded(CallOutcome outcome) implements Action {}
    }

    record Step(State next, List<Action> actions) {
        static Step to(State next, Action... actions) {
            return new Step(next, List.of(actions));
        }
    }

    static Step step(State state, Event event, long nowNanos) {
        return switch (state) {
            case State.Permitted s -> whilePermitted(s, event, nowNanos);
            case State.Calling s -> whileCalling(s, event, nowNanos);
            case State.GivingUp s -> whileGivingUp(s, event, nowNanos);
            case State.Talking s -> whileTalking(s, event, nowNanos);
            case State.HangingUp s -> whileHangingUp(s, event, nowNanos);
            case State.Over s -> Step.to(s);
        };
    }

    /** When {@link Event.Tick} is due next. */
    static OptionalLong nextDeadlineNanos(State state) {
        return switch (state) {
            case State.Permitted s -> OptionalLong.empty();
            case State.Calling s -> OptionalLong.of(s.ringDeadlineNanos());
            case State.GivingUp s -> OptionalLong.of(s.watchdogNanos());
            case State.Talking s -> OptionalLong.of(s.endDeadlineNanos());
            case State.HangingUp s -> OptionalLong.of(s.watchdogNanos());
            case State.Over s -> OptionalLong.empty();
        };
    }

    private static Step whilePermitted(State.Permitted s, Event event, long now) {
        return switch (event) {
            case Event.Go go
            when go.permitIsValid() ->
                Step.to(
                        new State.Calling(
                                s.limits(),
                                Progress.START,
                                now + s.limits().ringFor().toNanos()),
                        new Action.SendInvite());
            // A process that was paused past its permit may have been replaced: it sends nothing.
            case Event.Go go ->
                over(notSent(OutcomeKind.REFUSED, "the permit ran out before the INVITE could be sent", now));
            case Event.HangUp h
            when h.reason() == HangUpReason.FAULT ->
                over(notSent(OutcomeKind.FAILED, "a fault of our own before the INVITE was sent", now));
            case Event.HangUp h -> over(notSent(OutcomeKind.CANCELED, "given up before the INVITE was sent", now));
            case Event.Invited e -> Step.to(s);
            case Event.Provisional e -> Step.to(s);
            case Event.Answered e -> Step.to(s);
            case Event.MediaSeen e -> Step.to(s);
            case Event.SessionEnded e -> Step.to(s);
            case Event.Tick e -> Step.to(s);
        };
    }

    private static Step whileCalling(State.Calling s, Event event, long now) {
        return switch (event) {
            case Event.Invited e -> Step.to(calling(s, s.progress().reached(Phase.SENT)), new Action.ReportSent());
            case Event.Provisional p when p.status() > 100 -> ringing(s, p, now);
            case Event.Provisional p -> Step.to(s);
            case Event.Answered a
            when a.trouble().isEmpty() -> {
                Progress progress = s.progress().answered(now);
                yield Step.to(
                        new State.Talking(
                                progress, now + s.limits().maxDuration().toNanos()),
                        new Action.ReportAnswered(a.codec()));
            }
            case Event.Answered a ->
                Step.to(
                        new State.HangingUp(
                                s.progress().answered(now),
                                HangUpReason.INCOMPATIBLE_MEDIA,
                                a.trouble(),
                                now,
                                now + END_WATCHDOG.toNanos()),
                        new Action.EndSession(OptionalInt.of(Q850_INCOMPATIBLE_DESTINATION)));
            case Event.SessionEnded e -> over(unanswered(s.progress(), e.end(), now));
            case Event.HangUp h -> giveUp(s, h.reason(), now);
            case Event.Tick t when now - s.ringDeadlineNanos() >= 0 -> giveUp(s, HangUpReason.RING_TIMEOUT, now);
            case Event.Tick t -> Step.to(s);
            case Event.MediaSeen e -> Step.to(s);
            case Event.Go e -> Step.to(s);
        };
    }

    private static Step whileGivingUp(State.GivingUp s, Event event, long now) {
        return switch (event) {
            case Event.SessionEnded e when isFarEndsOwn(s, e.end()) -> over(unanswered(s.progress(), e.end(), now));
            case Event.SessionEnded e -> over(givenUp(s, e.end().sipStatus(), now));
            case Event.Tick t when now - s.watchdogNanos() >= 0 -> over(givenUp(s, OptionalInt.empty(), now));
            case Event.Tick t -> Step.to(s);
            case Event.Invited e ->
                Step.to(
                        new State.GivingUp(s.progress().reached(Phase.SENT), s.reason(), s.watchdogNanos()),
                        new Action.ReportSent());
            case Event.Provisional e -> Step.to(s);
            // The session layer acknowledges a crossing 200 and ends what it set up; it was never a call of ours.
            case Event.Answered e -> Step.to(s);
            case Event.MediaSeen e -> Step.to(s);
            case Event.HangUp h -> Step.to(s);
            case Event.Go e -> Step.to(s);
        };
    }

    private static Step whileTalking(State.Talking s, Event event, long now) {
        return switch (event) {
            case Event.MediaSeen e ->
                Step.to(new State.Talking(s.progress().reached(Phase.MEDIA), s.endDeadlineNanos()));
            case Event.HangUp h -> hangUp(s, h.reason(), now);
            case Event.Tick t when now - s.endDeadlineNanos() >= 0 -> hangUp(s, HangUpReason.MAX_DURATION, now);
            case Event.Tick t -> Step.to(s);
            case Event.SessionEnded e -> over(answered(s.progress(), e.end(), now));
            case Event.Invited e -> Step.to(s);
            case Event.Provisional e -> Step.to(s);
            case Event.Answered e -> Step.to(s);
            case Event.Go e -> Step.to(s);
        };
    }

    private static Step whileHangingUp(State.HangingUp s, Event event, long now) {
        return switch (event) {
            case Event.SessionEnded e -> over(hungUp(s));
            case Event.Tick t when now - s.watchdogNanos() >= 0 -> over(hungUp(s));
            case Event.Tick t -> Step.to(s);
            case Event.Invited e -> Step.to(s);
            case Event.Provisional e -> Step.to(s);
            case Event.Answered e -> Step.to(s);
            case Event.MediaSeen e -> Step.to(s);
            case Event.HangUp h -> Step.to(s);
            case Event.Go e -> Step.to(s);
        };
    }

    private static Step ringing(State.Calling s, Event.Provisional p, long now) {
        Phase reached = p.sessionDescription() ? Phase.EARLY_MEDIA : Phase.RINGING;
        Progress progress = s.progress().ringing(reached, now);
        State next = calling(s, progress);
        // Once for ringing, once more where early media begins; repeated responses are no news.
        return progress.phase() == s.progress().phase()
                ? Step.to(next)
                : Step.to(next, new Action.ReportRinging(p.status(), p.sessionDescription()));
    }

    private static State.Calling calling(State.Calling s, Progress progress) {
        return new State.Calling(s.limits(), progress, s.ringDeadlineNanos());
    }

    private static Step giveUp(State.Calling s, HangUpReason reason, long now) {
        return Step.to(
                new State.GivingUp(s.progress(), reason, now + END_WATCHDOG.toNanos()),
                new Action.EndSession(OptionalInt.empty()));
    }

    private static Step hangUp(State.Talking s, HangUpReason reason, long now) {
        return Step.to(
                new State.HangingUp(s.progress(), reason, "", now, now + END_WATCHDOG.toNanos()),
                new Action.EndSession(OptionalInt.of(Q850_NORMAL_CLEARING)));
    }

    private static Step over(CallOutcome outcome) {
        return Step.to(new State.Over(outcome), new Action.ReportEnded(outcome));
    }

    private static CallOutcome notSent(OutcomeKind kind, String reason, long now) {
        return Progress.START.outcome(
                kind, OptionalInt.empty(), OptionalInt.empty(), EndedBy.LOCAL, false, reason, now);
    }

    /** The session ended before an answer and without our asking. */
    private static CallOutcome unanswered(Progress progress, SessionEnd end, long now) {
        int status = status(end);
        Verdict verdict = Verdict.of(status, end.q850(), progress.hasRung());
        // A 403 or 407 that only says "wrong password" is about the trunk, not about the callee.
        boolean aboutUs = end.cause() == SessionEnd.Cause.AUTHENTICATION;
        return progress.outcome(
                aboutUs ? OutcomeKind.FAILED : verdict.kind(),
                OptionalInt.of(status),
                verdict.cause(),
                end.by() == SessionEnd.EndedBy.LOCAL ? EndedBy.LOCAL : EndedBy.REMOTE,
                !aboutUs && verdict.retryable(),
                end.reason(),
                now);
    }

    /** Whether giving up is not what ended the call: a busy that crossed our CANCEL, or a peer that was never there. */
    private static boolean isFarEndsOwn(State.GivingUp s, SessionEnd end) {
        return switch (end.cause()) {
            case REJECTED ->
                switch (Verdict.of(status(end), end.q850(), s.progress().hasRung())
                        .kind()) {
                    case BUSY, REJECTED -> true;
                    case COMPLETED, NO_ANSWER, FAILED, CANCELED, REFUSED, UNKNOWN -> false;
                };
            case NO_RESPONSE, TRANSPORT -> s.reason() == HangUpReason.RING_TIMEOUT;
            case CANCELED, AUTHENTICATION, REMOTE_BYE, LOCAL_BYE -> false;
        };
    }

    private static CallOutcome givenUp(State.GivingUp s, OptionalInt status, long now) {
        return switch (s.reason()) {
            case RING_TIMEOUT ->
                s.progress()
                        .outcome(
                                OutcomeKind.NO_ANSWER,
                                status,
                                OptionalInt.of(Q850_NO_ANSWER),
                                EndedBy.LOCAL,
                                true,
                                "nobody picked up within the ring time",
                                now);
            case FAULT, INCOMPATIBLE_MEDIA ->
                s.progress()
                        .outcome(
                                OutcomeKind.FAILED,
                                status,
                                OptionalInt.empty(),
                                EndedBy.LOCAL,
                                false,
                                "a fault of our own ended the call",
                                now);
            case REQUESTED, MAX_DURATION ->
                s.progress()
                        .outcome(
                                OutcomeKind.CANCELED,
                                status,
                                OptionalInt.empty(),
                                EndedBy.LOCAL,
                                false,
                                "given up before the answer",
                                now);
        };
    }

    /** The session ended after the answer and without our asking: a BYE, or the wire. */
    private static CallOutcome answered(Progress progress, SessionEnd end, long now) {
        boolean byBye = end.cause() == SessionEnd.Cause.REMOTE_BYE || end.cause() == SessionEnd.Cause.LOCAL_BYE;
        return progress.outcome(
                byBye ? OutcomeKind.COMPLETED : OutcomeKind.FAILED,
                OptionalInt.of(200),
                end.q850().isPresent() ? end.q850() : OptionalInt.of(byBye ? Q850_NORMAL_CLEARING : 41),
                end.by() == SessionEnd.EndedBy.LOCAL ? EndedBy.LOCAL : EndedBy.REMOTE,
                false,
                byBye ? "the far end hung up" : end.reason(),
                now);
    }

    private static CallOutcome hungUp(State.HangingUp s) {
        return switch (s.reason()) {
            case INCOMPATIBLE_MEDIA -> ended(s, OutcomeKind.FAILED, Q850_INCOMPATIBLE_DESTINATION, s.detail());
            case FAULT -> ended(s, OutcomeKind.FAILED, 41, "a fault of our own ended the call");
            case REQUESTED, RING_TIMEOUT -> ended(s, OutcomeKind.COMPLETED, Q850_NORMAL_CLEARING, "we hung up");
            case MAX_DURATION ->
                ended(s, OutcomeKind.COMPLETED, Q850_NORMAL_CLEARING, "the call reached its maximum duration");
        };
    }

    private static CallOutcome ended(State.HangingUp s, OutcomeKind kind, int cause, String reason) {
        return s.progress()
                .outcome(
                        kind, OptionalInt.of(200), OptionalInt.of(cause), EndedBy.LOCAL, false, reason, s.endedNanos());
    }

    /** A peer that never answered counts as 408, a transport that failed as 503 (RFC 3261 section 8.1.3.1). */
    private static int status(SessionEnd end) {
        return end.sipStatus().orElse(end.cause() == SessionEnd.Cause.TRANSPORT ? 503 : 408);
    }
}
