package dev.outdial.dialer.call;

/** Why our side ends a call. */
public enum HangUpReason {
    /** The user of the call said so. */
    REQUESTED,
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
