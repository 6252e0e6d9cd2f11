package dev.outdial.sip.session;

import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.session.InviteAction.Release;
import dev.outdial.sip.session.InviteAction.Reply;
import dev.outdial.sip.session.InviteAction.Tell;
import dev.outdial.sip.session.Phase.Cancelling;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the far end asks within an early dialog: UPDATE (RFC 3311), and what has no place there. */
final class EarlyUpdates {
    private EarlyUpdates() {}

    static Step requested(InviteState state, String tag, EarlyLeg leg, long key, SipRequest request, long now) {
        if (request.method().equals("ACK")) return Step.to(state, new Release(key));
        long cseq =
                request.headers().first("CSeq").flatMap(Headers::leadingNumber).orElse(0L);
        // RFC 3261 section 12.2.2.
        if (cseq < leg.remoteCseq()) return reply(state, key, SipAnswer.of(500, "CSeq Out Of Order"));
        InviteState heard = state.with(tag, leg.heardRequest(cseq));
        return switch (request.method()) {
            case "UPDATE" -> updated(heard, tag, key, request, now);
            // Our own INVITE is still open (RFC 3261 section 14.2).
            case "INVITE" -> reply(heard, key, SipAnswer.of(491, "Request Pending"));
            // Only the caller may end an early dialog so (section 15).
            case "BYE" -> reply(heard, key, InDialogRequests.noDialog());
            default ->
                InDialogRequests.answer(request, heard.way().contact())
                        .map(answer -> reply(heard, key, answer))
                        .orElseGet(() -> Step.to(heard, new Release(key)));
        };
    }

    private static Step updated(InviteState state, String tag, long key, SipRequest request, long now) {
        @Nullable EarlyLeg leg = state.earlyLegs().get(tag);
        if (leg == null) return reply(state, key, InDialogRequests.noDialog());
        InviteState refreshed = state.with(tag, leg.at(leg.dialog().refreshedBy(request.headers())));
        if (request.headers().first("Require").isPresent() || request.body().isEmpty()) {
            return reply(
                    refreshed,
                    key,
                    InDialogRequests.answer(request, state.way().contact()).orElseThrow());
        }
        MessageBody body = request.body().get();
        if (!body.is(MessageBody.SDP)) {
            return reply(
                    state, key, SipAnswer.of(415, "Unsupported Media Type").plus("Accept", InDialogRequests.ACCEPT));
        }
        // RFC 3311 section 5.2: an offer of theirs is still open, or ours is.
        if (state.earlyOffer().isPresent()) {
            return reply(state, key, SipAnswer.of(500, "Another Offer Is Open").plus("Retry-After", "5"));
        }
        if (!leg.described()) return reply(state, key, SipAnswer.of(491, "Request Pending"));
        // Whoever hung up decides nothing more.
        if (state.phase() instanceof Cancelling) return reply(state, key, SipAnswer.of(488, "Not Acceptable Here"));
        var offer = new EarlyOffer(tag, key, now + InviteTimer.EARLY_OFFER.nanos());
        return Step.to(refreshed.with(Optional.of(offer)), new Tell(new SessionEvent.Offered(Optional.of(body), tag)));
    }

    static Step accept(InviteState state, MessageBody description) {
        return answer(
                state,
                SipAnswer.of(200, "OK")
                        .plus("Contact", '<' + state.way().contact().toString() + '>')
                        .carrying(description));
    }

    static Step refuse(InviteState state, int status) {
        return answer(state, SipAnswer.of(status, status == 488 ? "Not Acceptable Here" : "Refused"));
    }

    private static Step answer(InviteState state, SipAnswer answer) {
        return state.earlyOffer()
                .map(offer -> reply(state.with(Optional.empty()), offer.key(), answer))
                .orElseGet(() -> Step.to(state));
    }

    /** Refuses an offer that nobody answers in time. */
    static Step wake(InviteState state, long now) {
        boolean due = state.earlyOffer()
                .filter(offer -> now - offer.giveUpAtNanos() >= 0)
                .isPresent();
        return due ? close(state) : Step.to(state);
    }

    /** Refuses the offer that is still open: whoever was told of it hears that it is gone. */
    static Step close(InviteState state) {
        if (state.earlyOffer().isEmpty()) return Step.to(state);
        return refuse(state, 488).and(new Tell(new SessionEvent.OfferWithdrawn()));
    }

    private static Step reply(InviteState state, long key, SipAnswer answer) {
        return Step.to(state, new Reply(key, answer), new Release(key));
    }
}
