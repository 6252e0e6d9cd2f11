package dev.outdial.testbed.uas;

/**
 * How a call ended, seen from the called end.
 *
 * @param kind how
 * @param status the final response that was sent to the INVITE; 200 for a call that was answered
 */
public record CallEnd(Kind kind, int status) {
    /** How a call ended. */
    public enum Kind {
        /** The caller sent BYE. */
        CALLER_HUNG_UP,
        /** The callee sent BYE. */
        CALLEE_HUNG_UP,
        /** The caller gave up before the answer. */
        CANCELED,
        /** The callee or the carrier refused. */
        REFUSED,
        /** The answer was never acknowledged. */
        UNACKNOWLEDGED,
        /** The carrier was closed. */
        TRUNK_CLOSED
    }
}
