package dev.outdial.sip.trace;

/** Which way a message went. */
public enum Direction {
    /** From us. */
    SENT,
    /** To us. */
    RECEIVED
}
