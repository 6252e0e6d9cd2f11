package dev.outdial.dialer.flow.machine;

/** Why a run of a flow is over. */
public enum FlowEnd {
    /** No step was left; the call was hung up. */
    COMPLETED,
    /** A step hung the call up. */
    HUNG_UP,
    /** A step stopped it; the call was hung up. */
    STOPPED,
    /** The call ended first. */
    CALL_ENDED,
    /** A step failed that others depend on: a target that does not exist, actions that could not be fetched. The call was hung up. */
    FAILED,
    /** It went on for longer than {@link FlowLimits} allow. The call was hung up. */
    LIMIT,
    /** Somebody outside ended it; the call was hung up. */
    CANCELLED
}
