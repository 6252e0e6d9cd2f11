package dev.outdial.server.calls;

import java.util.List;
import java.util.Optional;

/** What happened, of all calls of an account, in the order of {@link CallEventRecord#cursor}. Threading and errors as {@link CallService}. */
public interface EventService {
    /**
     * The events after a cursor, the oldest first. An event that is stored later has a greater cursor than any that was answered here.
     *
     * @param after 0 for the first that is still kept
     * @param callId only those of that call
     * @param limit 1 to 1000
     */
    List<CallEventRecord> after(String account, long after, Optional<String> callId, int limit);

    /** The cursor of the last event; 0 where there is none. */
    long latest(String account);

    /**
     * Has a listener run each time that there may be something new, soon after it is stored; more often does no harm. It must not block.
     */
    Subscription subscribe(String account, Runnable listener);

    /** Ends with {@link #close}; twice does no harm. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
