package dev.outdial.sip.jain;

import dev.outdial.sip.timer.Slack;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.SipTimer;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transaction timers of one stack on one daemon thread; jain-sip's own keeps the JVM alive, prints to the console, and goes by the wall clock:
 * set forward by an hour, it would end every transaction at once. Public because jain-sip makes it by name.
 */
public final class DaemonSipTimer implements SipTimer {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonSipTimer.class);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        var thread = new Thread(task, "sip-timer");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean started;

    /** For jain-sip. */
    public DaemonSipTimer() {
        timer.setRemoveOnCancelPolicy(true);
    }

    private static final class Task implements Runnable {
        private volatile @Nullable SIPStackTimerTask task;
        private volatile @Nullable Future<?> pending;

        Task(SIPStackTimerTask task) {
            this.task = task;
            task.setSipTimerTask(this);
        }

        @Override
        public void run() {
            SIPStackTimerTask current = task;
            if (current == null) return;
            try {
                current.runTask();
            } catch (Throwable e) { // one transaction's trouble must not stop the timers of all others
                LOG.warn("a SIP timer task failed", e);
            }
        }

        /** Also one that is cancelled before its future is known does nothing more. */
        boolean cancel() {
            SIPStackTimerTask current = task;
            if (current == null) return false;
            current.cleanUpBeforeCancel();
            task = null;
            Future<?> scheduled = pending;
            return scheduled == null || scheduled.cancel(false);
        }
    }

    @Override
    public boolean schedule(SIPStackTimerTask task, long delayMillis) {
        return schedule(task, timed -> timer.schedule(timed, stretchedNanos(delayMillis), TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean scheduleWithFixedDelay(SIPStackTimerTask task, long delayMillis, long periodMillis) {
        long periodNanos = TimeUnit.MILLISECONDS.toNanos(periodMillis);
        return schedule(
                task,
                timed -> timer.scheduleWithFixedDelay(
                        timed, stretchedNanos(delayMillis), periodNanos, TimeUnit.NANOSECONDS));
    }

    private static long stretchedNanos(long delayMillis) {
        return Slack.stretched(System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(delayMillis));
    }

    private boolean schedule(SIPStackTimerTask task, Function<Task, Future<?>> start) {
        if (!started) throw new IllegalStateException("the SIP stack is stopped");
        var timed = new Task(task);
        try {
            timed.pending = start.apply(timed);
            return true;
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the SIP stack is stopped", e);
        }
    }

    @Override
    public boolean cancel(SIPStackTimerTask task) {
        return task.getSipTimerTask() instanceof Task scheduled && scheduled.cancel();
    }

    @Override
    public void start(SipStackImpl sipStack, Properties configurationProperties) {
        started = true;
    }

    @Override
    public void stop() {
        started = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isStarted() {
        return started;
    }
}
