package dev.outdial.sip.session;

import dev.outdial.sip.message.Text;
import java.util.OptionalInt;

/**
 * How a session ended.
 *
 * @param cause what ended it
 * @param by whose doing it was; what the network did counts as the remote side's
 * @param sipStatus the final response to the INVITE, where one of 300 or above ended it
 * @param reason the far end's reason phrase, or a sentence of ours; control characters shown as {@code ?}
 * @param q850 the cause in a {@code Reason: Q.850} header (RFC 3326), 0-127
 * @param answered whether there was an {@link SessionEvent.Answered}
 */
public record SessionEnd(
        Cause cause, EndedBy by, OptionalInt sipStatus, String reason, OptionalInt q850, boolean answered) {

    /** Checks the ranges, and that the parts agree. */
    public SessionEnd {
        reason = Text.shown(reason);
        if (sipStatus.isPresent() && (sipStatus.getAsInt() < 300 || sipStatus.getAsInt() > 699)) {
            throw new IllegalArgumentException("a session does not end by status " + sipStatus.getAsInt());
        }
        if (q850.isPresent() && (q850.getAsInt() < 0 || q850.getAsInt() > 127)) {
            throw new IllegalArgumentException("Q.850 cause " + q850.getAsInt());
        }
        if (answered && !cause.canFollowAnAnswer()) throw new IllegalArgumentException(cause + " after an answer");
    }

    /** What ended a session. */
    public enum Cause {
        /** A final response of 300 or above. A 3xx is not followed. */
        REJECTED(false),
        /** By us before the answer, also when a 200 crossed the CANCEL. */
        CANCELED(false),
        /** Nothing came back to the INVITE within 32 s (timer B). */
        NO_RESPONSE(false),
        /** A message could not be sent. */
        TRANSPORT(true),
        /** The trunk wants credentials that are missing, or does not accept the ones given. */
        AUTHENTICATION(false),
        /** BYE from the far end. */
        REMOTE_BYE(true),
        /** BYE from us. */
        LOCAL_BYE(true);

        private final boolean canFollowAnAnswer;

        Cause(boolean canFollowAnAnswer) {
            this.canFollowAnAnswer = canFollowAnAnswer;
        }

        private boolean canFollowAnAnswer() {
            return canFollowAnAnswer;
        }
    }

    /** Whose doing an end was. */
    public enum EndedBy {
        /** This program. */
        LOCAL,
        /** The far end, or what lies between. */
        REMOTE
    }
}
