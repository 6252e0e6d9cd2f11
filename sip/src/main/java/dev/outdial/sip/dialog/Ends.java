package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.DialogAction.Release;
import dev.outdial.sip.dialog.DialogAction.Reply;
import dev.outdial.sip.dialog.DialogAction.Tell;
import dev.outdial.sip.dialog.Ending.Closing;
import dev.outdial.sip.dialog.Ending.Forgotten;
import dev.outdial.sip.dialog.Ending.Going;
import dev.outdial.sip.dialog.Ending.Over;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Reasons;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** How a dialog ends: BYE from either side (RFC 3261 section 15), and what is left to do after it. Pure. */
final class Ends {
    private Ends() {}

    static DialogStep hungUp(DialogState state, OptionalInt q850, long now) {
        return bye(state, ended(Cause.LOCAL_BYE, EndedBy.LOCAL, "hung up"), q850, now);
    }

    /** Ends it because the far end is not there any more, as far as anybody can tell. */
    static DialogStep lost(DialogState state, String why, long now) {
        return bye(state, ended(Cause.SESSION_EXPIRED, EndedBy.REMOTE, why), OptionalInt.empty(), now);
    }

    /** Ends it because our 2xx to a re-INVITE found no ACK. */
    static DialogStep notAcknowledged(DialogState state, long now) {
        String why = "the far end did not acknowledge our answer to its re-INVITE";
        return bye(state, ended(Cause.NOT_ACKNOWLEDGED, EndedBy.REMOTE, why), OptionalInt.empty(), now);
    }

    /** Ends it with a BYE of ours; the end is told when that is answered, or never will be. */
    private static DialogStep bye(DialogState state, SessionEnd end, OptionalInt q850, long now) {
        return switch (state.ending()) {
            case Going e -> {
                List<Header> reason =
                        q850.isPresent() ? List.of(new Header("Reason", Reasons.ofQ850(q850.getAsInt()))) : List.of();
                yield OffersIn.abandoned(state).then(s -> {
                    var posted = Outbox.post(s, new Draft("BYE", reason, Optional.empty()), now);
                    Sent sent = posted.sent();
                    return DialogStep.to(
                            posted.next().with(new Closing(end, sent, sent.giveUpAtNanos())), posted.action());
                });
            }
            case Closing e -> DialogStep.to(state);
            case Over e -> DialogStep.to(state);
            case Forgotten e -> DialogStep.to(state);
        };
    }

    static DialogStep requested(DialogState state, long key, SipRequest bye, long now) {
        var ok = new Reply(key, SipAnswer.of(200, "OK"));
        Function<DialogState, DialogStep> answer = s -> DialogStep.to(s, ok, new Release(key));
        return switch (state.ending()) {
            case Going e -> {
                var end = new SessionEnd(
                        Cause.REMOTE_BYE,
                        EndedBy.REMOTE,
                        OptionalInt.empty(),
                        "the far end hung up",
                        Reasons.q850(bye.headers()),
                        true);
                // RFC 3261 15.1.2: what is still open is answered 487.
                yield OffersIn.abandoned(state).then(answer).then(s -> over(s, end, now));
            }
            // A BYE that crosses ours ends the session as well as a response would.
            case Closing e -> answer.apply(state).then(s -> over(s, e.end(), now));
            case Over e -> answer.apply(state);
            case Forgotten e -> DialogStep.to(state);
        };
    }

    static DialogStep responded(DialogState state, SipResponse response, long now) {
        if (!(state.ending() instanceof Closing closing)
                || !closing.bye().isAnsweredBy(response)
                || response.isProvisional()) return DialogStep.to(state);
        return Outbox.again(state, closing.bye(), response, now)
                .map(posted -> DialogStep.to(
                        posted.next().with(new Closing(closing.end(), posted.sent(), closing.giveUpAtNanos())),
                        posted.action()))
                // Whatever the far end says, it was told that the session is over (RFC 3261 15.1.1).
                .orElseGet(() -> over(state, closing.end(), now));
    }

    /** No response, or it could not be sent. */
    static DialogStep unanswered(DialogState state, TransactionId transaction, long now) {
        return state.ending() instanceof Closing closing && closing.bye().is(transaction)
                ? over(state, closing.end(), now)
                : DialogStep.to(state);
    }

    static DialogStep woken(DialogState state, long now) {
        return switch (state.ending()) {
            case Going e -> DialogStep.to(state);
            case Closing e -> now - e.giveUpAtNanos() < 0 ? DialogStep.to(state) : over(state, e.end(), now);
            case Over e ->
                now - e.forgetAtNanos() < 0 ? DialogStep.to(state) : DialogStep.to(state.with(new Forgotten()));
            case Forgotten e -> DialogStep.to(state);
        };
    }

    private static SessionEnd ended(Cause cause, EndedBy by, String why) {
        return new SessionEnd(cause, by, OptionalInt.empty(), why, OptionalInt.empty(), true);
    }

    private static DialogStep over(DialogState state, SessionEnd end, long now) {
        return DialogStep.to(
                state.with(new Over(now + DialogTimer.LINGER.nanos())), new Tell(new SessionEvent.Ended(end)));
    }
}
