package dev.outdial.dialer.log;

import org.slf4j.MDC;

/**
 * Says of which call a thread's log lines are: the key {@code call} of SLF4J's MDC holds what the call was asked for under ({@link
 * dev.outdial.dialer.DialRequest#requestId}), or the Call-ID of one that came to us. <b>Threading:</b> any; each thread has its own.
 */
public final class LogMark {
    /** The key. */
    public static final String KEY = "call";

    private LogMark() {}

    /** The same task, whose lines are of that call. */
    public static Runnable around(String call, Runnable task) {
        return () -> {
            // One thread may work for several calls, and one call within another's.
            String before = MDC.get(KEY);
            MDC.put(KEY, call);
            try {
                task.run();
            } finally {
                if (before == null) MDC.remove(KEY);
                else MDC.put(KEY, before);
            }
        };
    }
}
