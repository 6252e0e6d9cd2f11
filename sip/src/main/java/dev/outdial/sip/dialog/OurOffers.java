package dev.outdial.sip.dialog;

import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import java.util.Optional;

/**
 * The requests of ours that change or refresh the session.
 *
 * @param doing what is open
 * @param waiting an offer of the user's that has to wait until nothing is
 * @param description the session description that we sent last
 * @param acknowledged the latest re-INVITE that was answered 2xx, and its ACK
 */
record OurOffers(
        Doing doing,
        Optional<MessageBody> waiting,
        Optional<MessageBody> description,
        Optional<Acknowledged> acknowledged) {
    /** Whose wish a re-INVITE is. */
    enum Purpose {
        /** The user's, who is told what becomes of it. */
        OFFER,
        /** The session timer's: the same description once more. */
        REFRESH
    }

    /** What is open. */
    sealed interface Doing {
        /** Nothing. */
        record Nothing() implements Doing {}

        /**
         * A re-INVITE.
         *
         * @param retries how often it was sent again because the far end was busy, or for a longer session interval
         * @param heard whether a provisional response came
         * @param canceled whether it was taken back
         */
        record Inviting(
                Sent sent,
                MessageBody offer,
                Purpose purpose,
                int retries,
                boolean heard,
                boolean canceled,
                long deadlineNanos)
                implements Doing {
            Inviting hearing(long newDeadlineNanos) {
                return new Inviting(sent, offer, purpose, retries, true, false, newDeadlineNanos);
            }

            Inviting canceling(long newDeadlineNanos) {
                return new Inviting(sent, offer, purpose, retries, heard, true, newDeadlineNanos);
            }
        }

        /** A re-INVITE that the far end asked us to send again later. */
        record BackingOff(MessageBody offer, Purpose purpose, int retries, long untilNanos) implements Doing {}

        /** An UPDATE that refreshes the session. */
        record Updating(Sent sent, int retries) implements Doing {}
    }

    /**
     * A re-INVITE that was answered.
     *
     * @param branch that of the re-INVITE
     */
    record Acknowledged(String branch, OutboundRequest ack) {}

    OurOffers doing(Doing next) {
        return new OurOffers(next, waiting, description, acknowledged);
    }

    OurOffers waiting(Optional<MessageBody> next) {
        return new OurOffers(doing, next, description, acknowledged);
    }

    OurOffers described(MessageBody next) {
        return new OurOffers(doing, waiting, Optional.of(next), acknowledged);
    }

    OurOffers acknowledged(Acknowledged next) {
        return new OurOffers(doing, waiting, description, Optional.of(next));
    }
}
