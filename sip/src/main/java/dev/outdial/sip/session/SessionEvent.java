package dev.outdial.sip.session;

import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.Text;
import java.util.Optional;

/**
 * What is told about a session, in order: {@link Invited}, any number of {@link Provisional}, at most one {@link Answered},
 * and always one {@link Ended}, after which nothing comes. Where not even the INVITE could be handed to the wire, {@code Ended}
 * is all there is.
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
     * @param body usually a session description: early media
     */
    record Provisional(int status, String reason, Optional<MessageBody> body) implements SessionEvent {
        /** Checks the range of the status. */
        public Provisional {
            if (status < 101 || status > 199) throw new IllegalArgumentException("provisional status " + status);
            reason = Text.shown(reason);
        }
    }

    /**
     * The first 2xx came; its ACK is on its way.
     *
     * @param status 200-299
     * @param body the session description that answers the offer
     */
    record Answered(int status, Optional<MessageBody> body) implements SessionEvent {
        /** Checks the range of the status. */
        public Answered {
            if (status < 200 || status > 299) throw new IllegalArgumentException("answering status " + status);
        }
    }

    /**
     * The session is over.
     *
     * @param end how
     */
    record Ended(SessionEnd end) implements SessionEvent {}
}
