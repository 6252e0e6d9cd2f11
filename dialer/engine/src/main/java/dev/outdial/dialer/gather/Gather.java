package dev.outdial.dialer.gather;

import java.time.Duration;
import java.util.Optional;

/**
 * A gathering of keys on a call, which goes on beside whatever else is done with it. It ends in one {@link Gathered}, with the end of
 * the call at the latest.
 *
 * <p><b>Threading:</b> any thread, though not a listener's own where it waits.
 */
public interface Gather {
    /** How far it is. */
    GatherState state();

    /** What was pressed so far and counts, without the terminating key. */
    String digits();

    /** Waits until it is over. A call that ends meanwhile is a reason among others, and no exception. */
    Gathered await() throws InterruptedException;

    /** Waits that long until it is over; empty where it still goes on. */
    Optional<Gathered> await(Duration longest) throws InterruptedException;

    /** Ends it, and its prompt; what was pressed so far is the result. Returns at once; doing it twice, or after the end, does no harm. */
    void cancel();
}
