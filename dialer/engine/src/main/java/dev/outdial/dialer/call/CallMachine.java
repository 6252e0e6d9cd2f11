package dev.outdial.dialer.call;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.sip.event.SessionEnd;
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
    private static final int Q850_TIMER_EXPIRED = 102;
    private static final int Q850_INCOMPATIBLE_DESTINATION = 88;

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

    sealed interface Event {
        /** The permit is in the mailbox: send now or never. */
        record Go(boolean permitIsValid) implements Event {}

        record Invited() implements Event {}

        record Provisional(int status, boolean sessionDescription) implements Event {}

        /** A 2xx; {@code trouble} says what is wrong with its session description, empty where media can flow. */
        record Answered(String codec, String trouble) implements Event {}

        /** After the answer, the far end's first RTP packet. */
        record MediaSeen() implements Event {}

        record SessionEnded(SessionEnd end) implements Event {}

        record HangUp(HangUpReason reason) implements Event {}

        /** Nothing came from a far end that should have sent; {@code strangers} counts what came from elsewhere. */
        record RtpTimeout(long silentMillis, long strangers) implements Event {}

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
                over(Endings.notSent(
                        OutcomeKind.REFUSED,
                        OptionalInt.empty(),
                        "the permit ran out before the INVITE could be sent"));
            case Event.HangUp h
            when h.reason() == HangUpReason.FAULT ->
                over(Endings.notSent(
                        OutcomeKind.FAILED, OptionalInt.empty(), "a fault of our own before the INVITE was sent"));
            case Event.HangUp h ->
                over(Endings.notSent(OutcomeKind.CANCELED, OptionalInt.empty(), "given up before the INVITE was sent"));
            case Event.Invited e -> Step.to(s);
            case Event.Provisional e -> Step.to(s);
            case Event.Answered e -> Step.to(s);
            case Event.MediaSeen e -> Step.to(s);
            case Event.RtpTimeout e -> Step.to(s);
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
            case Event.SessionEnded e -> over(Endings.unanswered(s.progress(), e.end(), now));
            case Event.HangUp h -> giveUp(s, h.reason(), now);
            case Event.Tick t when now - s.ringDeadlineNanos() >= 0 -> giveUp(s, HangUpReason.RING_TIMEOUT, now);
            case Event.Tick t -> Step.to(s);
            case Event.MediaSeen e -> Step.to(s);
            case Event.RtpTimeout e -> Step.to(s);
            case Event.Go e -> Step.to(s);
        };
    }

    private static Step whileGivingUp(State.GivingUp s, Event event, long now) {
        return switch (event) {
            case Event.SessionEnded e
            when Endings.isFarEndsOwn(s.progress(), s.reason(), e.end()) ->
                over(Endings.unanswered(s.progress(), e.end(), now));
            case Event.SessionEnded e
            when e.end().cause() == SessionEnd.Cause.ANSWERED_TOO_LATE ->
                over(Endings.answeredTooLate(s.progress(), s.reason(), now));
            case Event.SessionEnded e ->
                over(Endings.givenUp(s.progress(), s.reason(), e.end().sipStatus(), now));
            case Event.Tick t
            when now - s.watchdogNanos() >= 0 ->
                over(Endings.givenUp(s.progress(), s.reason(), OptionalInt.empty(), now));
            case Event.Tick t -> Step.to(s);
            case Event.Invited e ->
                Step.to(
                        new State.GivingUp(s.progress().reached(Phase.SENT), s.reason(), s.watchdogNanos()),
                        new Action.ReportSent());
            case Event.Provisional e -> Step.to(s);
            // The session layer acknowledges a crossing 200 and ends what it set up; it was never a call of ours.
            case Event.Answered e -> Step.to(s);
            case Event.MediaSeen e -> Step.to(s);
            case Event.RtpTimeout e -> Step.to(s);
            case Event.HangUp h -> Step.to(s);
            case Event.Go e -> Step.to(s);
        };
    }

    private static Step whileTalking(State.Talking s, Event event, long now) {
        return switch (event) {
            case Event.MediaSeen e ->
                Step.to(new State.Talking(s.progress().reached(Phase.MEDIA), s.endDeadlineNanos()));
            case Event.HangUp h -> hangUp(s, h.reason(), "", now);
            // A person on the line would have been heard: whoever is billed for this call has nothing of it.
            case Event.RtpTimeout t -> hangUp(s, HangUpReason.RTP_TIMEOUT, silence(t), now);
            case Event.Tick t when now - s.endDeadlineNanos() >= 0 -> hangUp(s, HangUpReason.MAX_DURATION, "", now);
            case Event.Tick t -> Step.to(s);
            case Event.SessionEnded e -> over(Endings.dropped(s.progress(), e.end(), now));
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
            case Event.RtpTimeout e -> Step.to(s);
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
                new Action.EndSession(Endings.givenCause(reason)));
    }

    private static Step hangUp(State.Talking s, HangUpReason reason, String detail, long now) {
        return Step.to(
                new State.HangingUp(s.progress(), reason, detail, now, now + END_WATCHDOG.toNanos()),
                new Action.EndSession(OptionalInt.of(Endings.givenCause(reason)
                        .orElse(reason == HangUpReason.RTP_TIMEOUT ? Q850_TIMER_EXPIRED : Q850_NORMAL_CLEARING))));
    }

    private static String silence(Event.RtpTimeout timeout) {
        String sentence = "nothing was heard from the far end for " + (timeout.silentMillis() / 100) / 10.0 + " s";
        return timeout.strangers() == 0
                ? sentence
                : sentence + ", while " + timeout.strangers()
                        + " packets came from other addresses: behind a NAT symmetric RTP is needed";
    }

    private static CallOutcome hungUp(State.HangingUp s) {
        return Endings.hungUp(s.progress(), s.reason(), s.detail(), s.endedNanos());
    }

    private static Step over(CallOutcome outcome) {
        return Step.to(new State.Over(outcome), new Action.ReportEnded(outcome));
    }
}
