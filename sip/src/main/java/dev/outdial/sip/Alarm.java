package dev.outdial.sip;

import dev.outdial.sip.timer.Slack;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes one machine at its next deadline, or a little later, as {@link Slack} has it. <b>Threading:</b> belongs to the mailbox of its machine. */
final class Alarm {
    private final ScheduledThreadPoolExecutor clock;
    private final Runnable wake;
    private OptionalLong set = OptionalLong.empty();
    private @Nullable Future<?> pending;

    /**
     * For one machine.
     *
     * @param wake called on the agent's clock thread; must only post to the mailbox
     */
    Alarm(ScheduledThreadPoolExecutor clock, Runnable wake) {
        this.clock = clock;
        this.wake = wake;
    }

    void set(OptionalLong deadlineNanos) {
        if (deadlineNanos.equals(set)) return;
        if (pending != null) pending.cancel(false);
        pending = null;
        set = deadlineNanos;
        if (deadlineNanos.isEmpty()) return;
        long nowNanos = System.nanoTime();
        long delayNanos = Slack.stretched(nowNanos, Math.max(0, deadlineNanos.getAsLong() - nowNanos));
        try {
            pending = clock.schedule(wake, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The agent is closed; it tells every party so itself.
            return;
        }
    }
}
