package dev.outdial.sip.event;

import dev.outdial.sip.message.Text;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a session ended.
 *
 * @param cause what ended it
 * @param by whose doing it was; what the network did counts as the remote side's
 * @param sipStatus the final response to the INVITE, where one of 300 or above ended it
 * @param reason the far end's reason phrase, or a sentence of ours; control characters shown as {@code ?}
 * @param q850 the cause in a {@code Reason: Q.850} header (RFC 3326), 0-127
 * @param answered whether there was an {@link SessionEvent.Answered}
 * @param redirects where a 3xx says that the callee is (its Contact URIs, in order); not followed here
 * @param retryAfterSeconds how long the far end asks us to wait (Retry-After), on its final response
 */
public record SessionEnd(
        Cause cause,
        EndedBy by,
        OptionalInt sipStatus,
        String reason,
        OptionalInt q850,
        boolean answered,
        List<String> redirects,
        OptionalLong retryAfterSeconds) {

    /** Checks the ranges, and that the parts agree. */
    public SessionEnd {
        reason = Text.shown(reason);
        redirects = List.copyOf(redirects);
        if (sipStatus.isPresent() && (sipStatus.getAsInt() < 300 || sipStatus.getAsInt() > 699)) {
            throw new IllegalArgumentException("a session does not end by status " + sipStatus.getAsInt());
        }
        if (q850.isPresent() && (q850.getAsInt() < 0 || q850.getAsInt() > 127)) {
            throw new IllegalArgumentException("Q.850 cause " + q850.getAsInt());
        }
        if (answered && !cause.canFollowAnAnswer()) throw new IllegalArgumentException(cause + " after an answer");
    }

    /** An end that points nowhere else. */
    public SessionEnd(
            Cause cause, EndedBy by, OptionalInt sipStatus, String reason, OptionalInt q850, boolean answered) {
        this(cause, by, sipStatus, reason, q850, answered, List.of(), OptionalLong.empty());
    }

    /** What ended a session. */
    public enum Cause {
        /** A final response of 300 or above. A 3xx is not followed. */
        REJECTED(false),
        /** We refused or redirected a call to us. */
        REJECTED_HERE(false),
        /** By whoever called before the answer; a call to us also when a 200 crossed the CANCEL. */
        CANCELED(false),
        /** By us before the answer; a 200 crossed that, was acknowledged, and ended by BYE. */
        ANSWERED_TOO_LATE(false),
        /** Nothing came back to the INVITE within 32 s (timer B). */
        NO_RESPONSE(false),
        /** A message could not be sent. */
        TRANSPORT(true),
        /** The trunk wants credentials that are missing, or does not accept the ones given. */
        AUTHENTICATION(false),
        /** BYE from the far end. */
        REMOTE_BYE(true),
        /** BYE from us. */
        LOCAL_BYE(true),
        /** Nobody refreshed the session in time (RFC 4028), or the far end no longer knows the dialog (481, 408): BYE from us. */
        SESSION_EXPIRED(true),
        /** Our 2xx was never acknowledged: BYE from us. */
        NOT_ACKNOWLEDGED(true);

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
