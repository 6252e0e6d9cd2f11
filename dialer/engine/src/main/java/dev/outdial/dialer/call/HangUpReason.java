package dev.outdial.dialer.call;

/** Why our side ends a call. */
public enum HangUpReason {
    /** The user of the call said so. */
    REQUESTED,
    /** Somebody else whom we rang picked up first. */
    ANSWERED_ELSEWHERE,
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
    FAULT
}
