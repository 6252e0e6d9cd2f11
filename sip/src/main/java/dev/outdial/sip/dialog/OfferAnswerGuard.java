package dev.outdial.sip.dialog;

import dev.outdial.sip.message.SipAnswer;
import java.util.Optional;

/**
 * Which offers and requests that carry them are open in a dialog, and so which may be sent or taken (RFC 3261 section 14, RFC 3311
 * section 5, RFC 6337 section 3). A value; it knows nothing of what the offers say.
 *
 * @param ours what of ours is open
 * @param theirs what of the far end's is open
 */
public record OfferAnswerGuard(Ours ours, Theirs theirs) {
    /** What of ours is open. */
    public enum Ours {
        /** Nothing. */
        STABLE,
        /** A request without an offer, such as an UPDATE that refreshes the session. */
        REQUEST,
        /** A re-INVITE, and the offer that it carries. */
        INVITE,
        /** The offer in our 2xx to a re-INVITE: the ACK is to answer it. */
        OFFER_IN_ANSWER
    }

    /** What of the far end's is open. */
    public enum Theirs {
        /** Nothing. */
        STABLE,
        /** A re-INVITE or an UPDATE that the user has to decide about. */
        UNDECIDED,
        /** A re-INVITE that was answered: its ACK is awaited. */
        UNACKNOWLEDGED
    }

    /** Whether an INVITE may be sent (RFC 3261 14.1): not while another transaction is open in either direction. */
    public boolean mayInvite() {
        return ours == Ours.STABLE && theirs == Theirs.STABLE;
    }

    /** Whether an UPDATE without an offer may be sent: it disturbs no offer; two requests of ours at once serve nobody (RFC 3311 5.1). */
    public boolean mayUpdateWithoutOffer() {
        return ours == Ours.STABLE;
    }

    /**
     * Why a re-INVITE of the far end is refused, where it is (RFC 3261 14.2).
     *
     * @param retryAfterSeconds 0-10, drawn at random
     */
    public Optional<SipAnswer> refusalOfInvite(int retryAfterSeconds) {
        return switch (ours) {
            case INVITE, OFFER_IN_ANSWER -> Optional.of(pending());
            case STABLE, REQUEST ->
                theirs == Theirs.UNDECIDED ? Optional.of(later(retryAfterSeconds)) : Optional.empty();
        };
    }

    /** Why an UPDATE of the far end is refused, where it is (RFC 3311 5.2). One without an offer disturbs none that is open. */
    public Optional<SipAnswer> refusalOfUpdate(boolean withOffer, int retryAfterSeconds) {
        return withOffer ? refusalOfInvite(retryAfterSeconds) : Optional.empty();
    }

    private static SipAnswer pending() {
        return SipAnswer.of(491, "Request Pending");
    }

    private static SipAnswer later(int retryAfterSeconds) {
        return SipAnswer.of(500, "Server Internal Error").plus("Retry-After", String.valueOf(retryAfterSeconds));
    }
}
