package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.DialRequest;

/** Who is told of calls that a flow dials besides its own, so that they can be accounted for. */
@FunctionalInterface
public interface Companions {
    /** Nobody. */
    Companions NOBODY = (request, why, flowId) -> () -> request;

    /** Why a flow dials somebody. */
    enum Why {
        /** A call with a flow of its own, which goes on by itself. */
        PLACED,
        /** The same; it ends with the flow's call. */
        CHAINED,
        /** Somebody to talk with the flow's call; it ends with that. */
        CONNECTED
    }

    /**
     * A call is about to be dialled. Called on a virtual thread; may block.
     *
     * @param request how
     * @param flowId of its own flow; empty where it has none, or one without an id
     * @return who hears of it
     * @throws IllegalStateException if it is not to be dialled; the message says why
     */
    Companion about(DialRequest request, Why why, String flowId);
}
