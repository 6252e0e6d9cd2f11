package dev.outdial.dialer.call;

import java.util.List;

/** A call that we place. <b>Threading:</b> {@code run} once, on an application thread, which it keeps until the call is over. */
public interface DialledLeg extends Leg, Runnable {
    /** The number of the attempt that it is at, which its request counts from 1. */
    int attempt();

    /** Where the callee is in the words of the 3xx that ended it; empty before that. */
    List<String> redirects();
}
