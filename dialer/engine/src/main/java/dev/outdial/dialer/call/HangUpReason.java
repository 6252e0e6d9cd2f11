package dev.outdial.dialer.call;

import dev.outdial.dialer.outcome.HangUpCause;
import java.util.Optional;

/** Why our side ends a call. */
public enum HangUpReason {
    /** The user of the call said so. */
    REQUESTED,
    /** The user of the call said so, and why. */
    REQUESTED_AS_TIMEOUT(HangUpCause.TIMEOUT),
    REQUESTED_AS_MACHINE(HangUpCause.MACHINE),
    REQUESTED_AS_BUSY(HangUpCause.BUSY),
    REQUESTED_AS_NO_ANSWER(HangUpCause.NO_ANSWER),
    REQUESTED_AS_REJECTED(HangUpCause.REJECTED),
    REQUESTED_AS_FAILED(HangUpCause.FAILED),
    /** Somebody else whom we rang picked up first. */
    ANSWERED_ELSEWHERE(HangUpCause.ANSWERED_ELSEWHERE),
    /** The dialer closes, and the time that running calls had for it is over. */
    CLOSING,
    /** It rang for as long as we were willing to wait. */
    RING_TIMEOUT,
    /** It lasted as long as it may. */
    MAX_DURATION,
    /** The answer has no codec that we offered, or cannot be read. */
    INCOMPATIBLE_MEDIA,
    /** The far end should have sent sound and sent none for too long. */
    RTP_TIMEOUT,
    /** A promise of our own was broken; this call ends, the process goes on. */
    FAULT;

    private final Optional<HangUpCause> given;

    HangUpReason() {
        given = Optional.empty();
    }

    HangUpReason(HangUpCause cause) {
        given = Optional.of(cause);
    }

    /** What a user who says why means. */
    public static HangUpReason of(HangUpCause cause) {
        return switch (cause) {
            case NORMAL -> REQUESTED;
            case TIMEOUT -> REQUESTED_AS_TIMEOUT;
            case MACHINE -> REQUESTED_AS_MACHINE;
            case ANSWERED_ELSEWHERE -> ANSWERED_ELSEWHERE;
            case BUSY -> REQUESTED_AS_BUSY;
            case NO_ANSWER -> REQUESTED_AS_NO_ANSWER;
            case REJECTED -> REQUESTED_AS_REJECTED;
            case FAILED -> REQUESTED_AS_FAILED;
        };
    }

    /** The cause that the user gave, other than {@link HangUpCause#NORMAL}. */
    Optional<HangUpCause> given() {
        return given;
    }
}
