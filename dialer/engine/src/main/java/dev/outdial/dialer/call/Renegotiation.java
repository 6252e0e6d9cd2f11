package dev.outdial.dialer.call;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.media.MediaSession;
import dev.outdial.media.sdp.Answering;
import dev.outdial.media.sdp.Direction;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.InviteSession;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.MessageBody;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries offers and answers between SIP and media once a call is answered: hold and resume either way, other codecs and addresses.
 * What is not agreed on leaves the call as it was. <b>Threading:</b> belongs to the call's mailbox.
 */
final class Renegotiation {
    private static final Logger LOG = LoggerFactory.getLogger(Renegotiation.class);
    private static final int NOT_ACCEPTABLE_HERE = 488;

    private final MediaSession media;
    private final InviteSession session;
    private final Consumer<CallEvent> listener;
    private Negotiation.Agreed terms;
    private boolean weHold;
    private @Nullable Wish open;

    /** A change that we offered, and whoever waits for it. */
    private record Wish(boolean hold, CompletableFuture<OptionalInt> result) {}

    Renegotiation(MediaSession media, InviteSession session, Negotiation.Agreed terms, Consumer<CallEvent> listener) {
        this.media = media;
        this.session = session;
        this.terms = terms;
        this.listener = listener;
    }

    /** What holds now. */
    Negotiation.Agreed terms() {
        return terms;
    }

    /** Whether the far end is on hold. */
    boolean weHold() {
        return weHold;
    }

    /** The far end offers a change, or asks for an offer of ours. */
    void offered(Optional<MessageBody> offer) {
        if (offer.isEmpty()) {
            session.accept(description(media.offerAll(wanted(weHold))));
            return;
        }
        switch (media.answer(offer.get().bytes(), wanted(weHold))) {
            case Answering.Answered answered -> {
                // What we offered and waits is about the terms before these: one about these takes its place, before it
                // can leave.
                Wish waiting = open;
                if (waiting != null) session.offerAgain(description(media.offerAgain(wanted(waiting.hold()))));
                session.accept(description(answered.sdp()));
                agreed(answered.terms());
            }
            case Answering.Refused refused -> {
                LOG.debug("call={} an offer is refused: {}", session.callId(), refused.why());
                session.refuse(NOT_ACCEPTABLE_HERE);
            }
        }
    }

    /** What the far end offered, or was offered in return, came to nothing. */
    void withdrawn() {
        media.refused();
    }

    /** Something became of an offer of ours. */
    void closed(SessionEvent.OfferClosed closed) {
        OptionalInt refused = closed.answer().map(this::answered).orElseGet(() -> {
            media.refused();
            return OptionalInt.of(closed.refusedStatus().orElse(NOT_ACCEPTABLE_HERE));
        });
        Wish wish = open;
        open = null;
        if (wish == null) return;
        if (refused.isEmpty()) weHold = wish.hold();
        wish.result().complete(refused);
    }

    private OptionalInt answered(MessageBody answer) {
        return switch (media.answered(answer.bytes())) {
            case Negotiation.Agreed agreed -> {
                agreed(agreed);
                yield OptionalInt.empty();
            }
            case Negotiation.Declined declined -> {
                LOG.debug("call={} an answer is unusable: {}", session.callId(), declined.why());
                media.refused();
                yield OptionalInt.of(NOT_ACCEPTABLE_HERE);
            }
        };
    }

    /**
     * Puts the far end on hold, or takes it off again.
     *
     * @param result completes empty when that is so, or with the status that refused it; exceptionally while another change is open
     */
    void hold(boolean hold, CompletableFuture<OptionalInt> result) {
        if (open != null) {
            result.completeExceptionally(new IllegalStateException("another change of the call is going on"));
        } else if (hold == weHold) {
            result.complete(OptionalInt.empty());
        } else {
            open = new Wish(hold, result);
            session.offerAgain(description(media.offerAgain(wanted(hold))));
        }
    }

    private void agreed(Negotiation.Agreed next) {
        boolean heldBefore = !terms.mayTalk();
        terms = next;
        if (heldBefore != !next.mayTalk()) listener.accept(new CallEvent.HeldByFarEnd(!next.mayTalk()));
    }

    private static Direction wanted(boolean hold) {
        return hold ? Direction.SENDONLY : Direction.SENDRECV;
    }

    private static MessageBody description(byte[] sdp) {
        return new MessageBody(MessageBody.SDP, sdp);
    }
}
