package dev.outdial.sip.event;

import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.Text;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is told about a session, in order. When we call: {@link Invited}, any number of {@link Provisional}, at most one
 * {@link Answered}. When we are called: at most one {@link Confirmed}. Then what happens within the dialog, and always one {@link
 * Ended}, after which nothing comes. Where not even the INVITE could be handed to the wire, {@code Ended} is all there is.
 */
public sealed interface SessionEvent {
    /**
     * The first INVITE was handed to the wire: from here on somebody may have been called.
     *
     * @param callId the Call-ID that it carries
     */
    record Invited(String callId) implements SessionEvent {}

    /**
     * A provisional response other than 100.
     *
     * @param status 101-199
     * @param reason the reason phrase, control characters shown as {@code ?}
     * @param body usually a session description: early media. Each leg has descriptions of its own, the latest of which counts
     * @param leg names the leg of a forked call that it came from (the tag of To); an empty text where it names none
     * @param remote who that is
     */
    record Provisional(int status, String reason, Optional<MessageBody> body, String leg, RemoteIdentity remote)
            implements SessionEvent {
        /** Checks the range of the status. */
        public Provisional {
            if (status < 101 || status > 199) throw new IllegalArgumentException("provisional status " + status);
            reason = Text.shown(reason);
        }

        /** One of nobody in particular. */
        public Provisional(int status, String reason, Optional<MessageBody> body) {
            this(status, reason, body, "", RemoteIdentity.UNKNOWN);
        }
    }

    /**
     * The first 2xx came; its ACK is on its way.
     *
     * @param status 200-299
     * @param body the session description that answers the offer
     * @param leg names the leg of a forked call that it came from, as in {@link Provisional}
     * @param remote who that is
     */
    record Answered(int status, Optional<MessageBody> body, String leg, RemoteIdentity remote) implements SessionEvent {
        /** Checks the range of the status. */
        public Answered {
            if (status < 200 || status > 299) throw new IllegalArgumentException("answering status " + status);
        }

        /** One of nobody in particular. */
        public Answered(int status, Optional<MessageBody> body) {
            this(status, body, "", RemoteIdentity.UNKNOWN);
        }
    }

    /**
     * Somebody whom we answered took notice: the ACK to our 2xx came.
     *
     * @param answer the session description that answers ours, where the 2xx carried the offer
     */
    record Confirmed(Optional<MessageBody> answer) implements SessionEvent {}

    /**
     * The far end wants to change the session (re-INVITE or UPDATE). To be answered by accepting or refusing; no second one comes
     * before. In a call to us whose INVITE was answered, never the first offer: that came with the call itself.
     *
     * @param offer the session description offered; where empty, ours is wanted
     * @param leg before the answer to a call of ours, the leg that offers, as in {@link Provisional}; else an
     *     empty text
     */
    record Offered(Optional<MessageBody> offer, String leg) implements SessionEvent {
        /** One of whom we talk to. */
        public Offered(Optional<MessageBody> offer) {
            this(offer, "");
        }
    }

    /** The far end took back what it {@link Offered}, or never took notice of our answer: the session goes on as it was. */
    record OfferWithdrawn() implements SessionEvent {}

    /**
     * What became of an offer of ours within the session.
     *
     * @param answer the session description that accepts it
     * @param refusedStatus the final response that refused it, 300-699, or 408 where none came; the session goes on as it was
     * @param reason the reason phrase, control characters shown as {@code ?}
     */
    record OfferClosed(Optional<MessageBody> answer, OptionalInt refusedStatus, String reason) implements SessionEvent {
        /** Makes the reason fit to be shown. */
        public OfferClosed {
            reason = Text.shown(reason);
        }
    }

    /**
     * The far end sent an INFO (RFC 6086, or the older custom), which was answered 200.
     *
     * @param body of a type that is understood, such as {@code application/dtmf-relay}
     */
    record Info(MessageBody body) implements SessionEvent {}

    /**
     * How a transfer that we asked for goes (RFC 3515, RFC 5589).
     *
     * @param status 202 when the far end took it on; then what it reports of its own call, 100-699; or the response that refused
     * @param reason the reason phrase, control characters shown as {@code ?}
     * @param last whether no other comes
     * @param earlier whether it is about a transfer that was asked for before the latest one, and is still
     *     reported on
     */
    record TransferProgress(int status, String reason, boolean last, boolean earlier) implements SessionEvent {
        /** Checks the range of the status. */
        public TransferProgress {
            if (status < 100 || status > 699) throw new IllegalArgumentException("transfer status " + status);
            reason = Text.shown(reason);
        }

        /** One about the latest transfer. */
        public TransferProgress(int status, String reason, boolean last) {
            this(status, reason, last, false);
        }
    }

    /**
     * The session is over.
     *
     * @param end how
     */
    record Ended(SessionEnd end) implements SessionEvent {}
}
