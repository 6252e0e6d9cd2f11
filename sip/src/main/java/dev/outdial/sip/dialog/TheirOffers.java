package dev.outdial.sip.dialog;

import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import java.util.Optional;

/**
 * The requests of the far end that change the session.
 *
 * @param undecided a re-INVITE or UPDATE that the user has to decide about
 * @param unacknowledged a re-INVITE that was answered 2xx
 * @param lastInvite the latest re-INVITE that was answered
 */
record TheirOffers(
        Optional<Undecided> undecided, Optional<Unacknowledged> unacknowledged, Optional<LastInvite> lastInvite) {
    static final TheirOffers NONE = new TheirOffers(Optional.empty(), Optional.empty(), Optional.empty());

    /** The user has to decide about it. */
    record Undecided(long key, SipRequest request, long decideByNanos) {
        boolean isInvite() {
            return request.method().equals("INVITE");
        }
    }

    /**
     * Answered 2xx, which is repeated until the ACK comes.
     *
     * @param ourOffer whether the answer carries an offer, which the ACK is to answer
     */
    record Unacknowledged(
            long key,
            long cseq,
            SipAnswer answer,
            boolean ourOffer,
            long pauseNanos,
            long repeatAtNanos,
            long giveUpAtNanos) {}

    /** What was answered to the re-INVITE with that number. */
    record LastInvite(long cseq, SipAnswer answer) {}

    TheirOffers undecided(Optional<Undecided> next) {
        return new TheirOffers(next, unacknowledged, lastInvite);
    }

    TheirOffers unacknowledged(Optional<Unacknowledged> next) {
        return new TheirOffers(undecided, next, lastInvite);
    }

    TheirOffers answered(LastInvite next) {
        return new TheirOffers(undecided, unacknowledged, Optional.of(next));
    }
}
