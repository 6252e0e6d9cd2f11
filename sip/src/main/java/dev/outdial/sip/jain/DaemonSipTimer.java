package dev.outdial.sip.jain;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.SipTimer;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transaction timers of one stack on one daemon thread; jain-sip's own keeps the JVM alive and prints to the console. Public because
 * jain-sip makes it by name.
 */
public final class DaemonSipTimer implements SipTimer {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonSipTimer.class);

    private final Timer timer = new Timer("sip-timer", true);
    private volatile boolean started;

    /** For jain-sip. */
    public DaemonSipTimer() {}

    private static final class Task extends TimerTask {
        private @Nullable SIPStackTimerTask task;

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

        @Override
        public boolean cancel() {
            SIPStackTimerTask current = task;
            if (current != null) {
                current.cleanUpBeforeCancel();
                task = null;
            }
            return super.cancel();
        }
    }

    @Override
    public boolean schedule(SIPStackTimerTask task, long delayMillis) {
        if (!started) throw new IllegalStateException("the SIP stack is stopped");
        timer.schedule(new Task(task), delayMillis);
        return true;
    }

    @Override
    public boolean scheduleWithFixedDelay(SIPStackTimerTask task, long delayMillis, long periodMillis) {
        if (!started) throw new IllegalStateException("the SIP stack is stopped");
        timer.schedule(new Task(task), delayMillis, periodMillis);
        return true;
    }

    @Override
    public boolean cancel(SIPStackTimerTask task) {
        return task.getSipTimerTask() instanceof TimerTask scheduled && scheduled.cancel();
    }

    @Override
    public void start(SipStackImpl sipStack, Properties configurationProperties) {
        started = true;
    }

    @Override
    public void stop() {
        started = false;
        timer.cancel();
    }

    @Override
    public boolean isStarted() {
        return started;
    }
}
