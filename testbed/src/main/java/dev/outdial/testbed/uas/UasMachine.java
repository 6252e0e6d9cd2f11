package dev.outdial.testbed.uas;

import dev.outdial.testbed.uas.CallEnd.Kind;
import java.util.List;
import java.util.OptionalLong;

/**
 * The called side of one INVITE and its dialog: pure. It decides what is sent and when it is sent again; whoever runs it writes the messages.
 * After {@link State.Over} it still answers what arrives late.
 */
public final class UasMachine {

    /**
     * The timers of RFC 3261 17.1.1.1.
     *
     * @param t1Nanos the round trip estimate, 500 ms on real networks
     * @param t2Nanos the longest interval between retransmissions, 4 s on real networks
     * @param reliable whether the transport is reliable, so that only 2xx is sent again
     */
    public record Timers(long t1Nanos, long t2Nanos, boolean reliable) {}

    /** A message that is sent again until something comes: next time, interval after that, and when to give up. */
    public record Repeat(long atNanos, long intervalNanos, long giveUpNanos) {
        static Repeat from(Timers t, boolean reliable, long nowNanos) {
            long first = reliable ? 64 * t.t1Nanos() : t.t1Nanos();
            return new Repeat(nowNanos + first, t.t1Nanos(), nowNanos + 64 * t.t1Nanos());
        }

        Repeat next(Timers t, long nowNanos) {
            long doubled = Math.min(2 * intervalNanos, t.t2Nanos());
            return new Repeat(nowNanos + doubled, doubled, giveUpNanos);
        }

        boolean isDue(long nowNanos) {
            return nowNanos - atNanos >= 0;
        }

        boolean isOver(long nowNanos) {
            return nowNanos - giveUpNanos >= 0;
        }

        long deadlineNanos() {
            return Math.min(atNanos, giveUpNanos);
        }
    }

    /** Where the call is. */
    public sealed interface State {
        /** No final response yet. */
        record Proceeding() implements State {}

        /** 200 is sent and sent again until the ACK (13.3.1.4). */
        record Answering(Repeat repeat, boolean hangUpThen) implements State {}

        /** Another final response is sent and sent again until the ACK (17.2.1). */
        record Refusing(Repeat repeat, CallEnd end) implements State {}

        /** The call stands. */
        record Confirmed() implements State {}

        /** BYE is sent and sent again until it is answered. */
        record Leaving(Repeat repeat, CallEnd end) implements State {}

        /** The call is over. */
        record Over(CallEnd end) implements State {}

        /** When to wake the machine; empty for never. */
        default OptionalLong nextDeadlineNanos() {
            return switch (this) {
                case Answering a -> OptionalLong.of(a.repeat().deadlineNanos());
                case Refusing r -> OptionalLong.of(r.repeat().deadlineNanos());
                case Leaving l -> OptionalLong.of(l.repeat().deadlineNanos());
                case Proceeding p -> OptionalLong.empty();
                case Confirmed c -> OptionalLong.empty();
                case Over o -> OptionalLong.empty();
            };
        }
    }

    /** What happens to the call. */
    public sealed interface Event {
        /** The INVITE came again. */
        record InviteRepeated() implements Event {}

        /** The ACK came. */
        record Acknowledged() implements Event {}

        /** CANCEL came. */
        record CancelReceived() implements Event {}

        /** BYE came. */
        record ByeReceived() implements Event {}

        /** Our BYE was answered. */
        record ByeAnswered() implements Event {}

        /** The callee wants a provisional response sent. */
        record ProgressRequested(int status, boolean withSound) implements Event {}

        /** The callee answers. */
        record AnswerRequested() implements Event {}

        /** The callee or the carrier refuses. */
        record RefuseRequested(int status) implements Event {}

        /** The callee hangs up. */
        record HangUpRequested() implements Event {}

        /** A deadline may have passed. */
        record DeadlinePassed() implements Event {}
    }

    /** What is to be done. */
    public sealed interface Action {
        /** Sends a provisional response, with a session description or without. */
        record SendProgress(int status, boolean withSound) implements Action {}

        /** Sends the 200 to the INVITE. */
        record SendAnswer() implements Action {}

        /** Sends another final response to the INVITE. */
        record SendRefusal(int status) implements Action {}

        /** Sends the last response to the INVITE once more. */
        record SendLastAgain() implements Action {}

        /** Answers the CANCEL with 200. */
        record AcceptCancel() implements Action {}

        /** Answers the BYE with 200. */
        record AcceptBye() implements Action {}

        /** Sends a BYE, or the same once more. */
        record SendBye() implements Action {}

        /** Says that the call ended. */
        record ReportEnd(CallEnd end) implements Action {}
    }

    /**
     * The call one event further.
     *
     * @param state where it is now
     * @param actions what is to be done, in order
     */
    public record Next(State state, List<Action> actions) {
        private static Next to(State state, Action... actions) {
            return new Next(state, List.of(actions));
        }
    }

    private final Timers timers;

    /** A machine with these timers; it has no other state. */
    public UasMachine(Timers timers) {
        this.timers = timers;
    }

    /** The first state. */
    public static State start() {
        return new State.Proceeding();
    }

    /** Takes an event. */
    public Next step(State state, Event event, long nowNanos) {
        return switch (state) {
            case State.Proceeding s -> whileProceeding(s, event, nowNanos);
            case State.Answering s -> whileAnswering(s, event, nowNanos);
            case State.Refusing s -> whileRefusing(s, event, nowNanos);
            case State.Confirmed s -> whileConfirmed(s, event, nowNanos);
            case State.Leaving s -> whileLeaving(s, event, nowNanos);
            case State.Over s -> whenOver(s, event);
        };
    }

    private Next whileProceeding(State.Proceeding s, Event event, long now) {
        return switch (event) {
            case Event.InviteRepeated e -> Next.to(s, new Action.SendLastAgain());
            case Event.ProgressRequested e -> Next.to(s, new Action.SendProgress(e.status(), e.withSound()));
            case Event.AnswerRequested e ->
                Next.to(new State.Answering(Repeat.from(timers, false, now), false), new Action.SendAnswer());
            case Event.RefuseRequested e -> refuse(new CallEnd(Kind.REFUSED, e.status()), now);
            case Event.HangUpRequested e -> refuse(new CallEnd(Kind.REFUSED, 480), now);
            case Event.CancelReceived e ->
                first(new Action.AcceptCancel(), refuse(new CallEnd(Kind.CANCELED, 487), now));
            // A caller may end an early dialog with BYE too (15.1.2).
            case Event.ByeReceived e -> first(new Action.AcceptBye(), refuse(new CallEnd(Kind.CANCELED, 487), now));
            case Event.Acknowledged e -> Next.to(s);
            case Event.ByeAnswered e -> Next.to(s);
            case Event.DeadlinePassed e -> Next.to(s);
        };
    }

    private Next refuse(CallEnd end, long now) {
        var repeat = Repeat.from(timers, timers.reliable(), now);
        return Next.to(new State.Refusing(repeat, end), new Action.SendRefusal(end.status()));
    }

    private static Next first(Action action, Next then) {
        return Next.to(then.state(), action, then.actions().getFirst());
    }

    private Next whileAnswering(State.Answering s, Event event, long now) {
        return switch (event) {
            case Event.InviteRepeated e -> Next.to(s, new Action.SendLastAgain());
            case Event.Acknowledged e ->
                s.hangUpThen() ? leave(new CallEnd(Kind.CALLEE_HUNG_UP, 200), now) : Next.to(new State.Confirmed());
            // Too late to cancel: the request is answered and has no effect (9.2).
            case Event.CancelReceived e -> Next.to(s, new Action.AcceptCancel());
            case Event.ByeReceived e -> callerLeft(new Action.AcceptBye());
            // The callee must not send BYE before the ACK or the end of waiting for it (15).
            case Event.HangUpRequested e -> Next.to(new State.Answering(s.repeat(), true));
            case Event.DeadlinePassed e
            when s.repeat().isOver(now) -> leave(new CallEnd(Kind.UNACKNOWLEDGED, 200), now);
            case Event.DeadlinePassed e
            when s.repeat().isDue(now) ->
                Next.to(new State.Answering(s.repeat().next(timers, now), s.hangUpThen()), new Action.SendLastAgain());
            case Event.DeadlinePassed e -> Next.to(s);
            case Event.ProgressRequested e -> Next.to(s);
            case Event.AnswerRequested e -> Next.to(s);
            case Event.RefuseRequested e -> Next.to(s);
            case Event.ByeAnswered e -> Next.to(s);
        };
    }

    private Next leave(CallEnd end, long now) {
        return Next.to(new State.Leaving(Repeat.from(timers, timers.reliable(), now), end), new Action.SendBye());
    }

    private static Next callerLeft(Action answer) {
        var end = new CallEnd(Kind.CALLER_HUNG_UP, 200);
        return Next.to(new State.Over(end), answer, new Action.ReportEnd(end));
    }

    private Next whileRefusing(State.Refusing s, Event event, long now) {
        return switch (event) {
            case Event.InviteRepeated e -> Next.to(s, new Action.SendLastAgain());
            case Event.Acknowledged e -> over(s.end());
            case Event.CancelReceived e -> Next.to(s, new Action.AcceptCancel());
            case Event.ByeReceived e -> Next.to(s, new Action.AcceptBye());
            case Event.DeadlinePassed e when s.repeat().isOver(now) -> over(s.end());
            case Event.DeadlinePassed e
            when s.repeat().isDue(now) ->
                Next.to(new State.Refusing(s.repeat().next(timers, now), s.end()), new Action.SendLastAgain());
            case Event.DeadlinePassed e -> Next.to(s);
            case Event.ProgressRequested e -> Next.to(s);
            case Event.AnswerRequested e -> Next.to(s);
            case Event.RefuseRequested e -> Next.to(s);
            case Event.HangUpRequested e -> Next.to(s);
            case Event.ByeAnswered e -> Next.to(s);
        };
    }

    private static Next over(CallEnd end) {
        return Next.to(new State.Over(end), new Action.ReportEnd(end));
    }

    private Next whileConfirmed(State.Confirmed s, Event event, long now) {
        return switch (event) {
            case Event.ByeReceived e -> callerLeft(new Action.AcceptBye());
            case Event.HangUpRequested e -> leave(new CallEnd(Kind.CALLEE_HUNG_UP, 200), now);
            // A copy of the INVITE that was long on its way: it is absorbed.
            case Event.InviteRepeated e -> Next.to(s);
            case Event.CancelReceived e -> Next.to(s, new Action.AcceptCancel());
            case Event.Acknowledged e -> Next.to(s);
            case Event.ByeAnswered e -> Next.to(s);
            case Event.ProgressRequested e -> Next.to(s);
            case Event.AnswerRequested e -> Next.to(s);
            case Event.RefuseRequested e -> Next.to(s);
            case Event.DeadlinePassed e -> Next.to(s);
        };
    }

    private Next whileLeaving(State.Leaving s, Event event, long now) {
        return switch (event) {
            case Event.ByeAnswered e -> over(s.end());
            // Both hung up at once: theirs is answered, ours will be.
            case Event.ByeReceived e -> Next.to(s, new Action.AcceptBye());
            case Event.DeadlinePassed e when s.repeat().isOver(now) -> over(s.end());
            case Event.DeadlinePassed e
            when s.repeat().isDue(now) ->
                Next.to(new State.Leaving(s.repeat().next(timers, now), s.end()), new Action.SendBye());
            case Event.DeadlinePassed e -> Next.to(s);
            case Event.CancelReceived e -> Next.to(s, new Action.AcceptCancel());
            case Event.InviteRepeated e -> Next.to(s);
            case Event.Acknowledged e -> Next.to(s);
            case Event.ProgressRequested e -> Next.to(s);
            case Event.AnswerRequested e -> Next.to(s);
            case Event.RefuseRequested e -> Next.to(s);
            case Event.HangUpRequested e -> Next.to(s);
        };
    }

    private static Next whenOver(State.Over s, Event event) {
        return switch (event) {
            case Event.ByeReceived e -> Next.to(s, new Action.AcceptBye());
            case Event.CancelReceived e -> Next.to(s, new Action.AcceptCancel());
            case Event.InviteRepeated e -> Next.to(s, new Action.SendLastAgain());
            case Event.Acknowledged e -> Next.to(s);
            case Event.ByeAnswered e -> Next.to(s);
            case Event.ProgressRequested e -> Next.to(s);
            case Event.AnswerRequested e -> Next.to(s);
            case Event.RefuseRequested e -> Next.to(s);
            case Event.HangUpRequested e -> Next.to(s);
            case Event.DeadlinePassed e -> Next.to(s);
        };
    }
}
