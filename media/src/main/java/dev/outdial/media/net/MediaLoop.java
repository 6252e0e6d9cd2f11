package dev.outdial.media.net;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one platform thread that sends and receives media, on absolute deadlines. <b>Threading:</b> {@link #post}, {@link
 * #lateness} and {@link #close} may be called on any thread, the rest on the loop only.
 */
public final class MediaLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaLoop.class);
    private static final long CLOSE_MILLIS = 2000;

    /** A member's registration. */
    public final class Membership {
        private final TickWheel.Seat seat;

        private Membership(TickWheel.Seat seat) {
            this.seat = seat;
        }

        /** Sets the packet time, 10 to 40 ms; 20 until then. */
        public void ptimeMillis(int millis) {
            assertOwner();
            wheel.period(seat, millis);
        }

        /** Ends the member's ticks at once; may be called again. */
        public void leave() {
            assertOwner();
            wheel.remove(seat);
        }
    }

    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();
    private final LatenessHistogram lateness = new LatenessHistogram();
    private final TickWheel wheel = new TickWheel(System::nanoTime, lateness);
    private final Thread thread;
    private volatile boolean closing;

    private MediaLoop() {
        thread = Thread.ofPlatform().name("outdial-media").daemon().unstarted(this::run);
    }

    /** Starts the thread. */
    public static MediaLoop start() {
        var loop = new MediaLoop();
        loop.thread.start();
        return loop;
    }

    /** Has the task run on the loop, soon and in order. After {@link #close} it is forgotten. */
    public void post(Runnable task) {
        messages.add(task);
        LockSupport.unpark(thread);
    }

    /** Calls the member every 20 ms from now on. */
    public Membership join(LoopMember member) {
        assertOwner();
        return new Membership(wheel.add(member));
    }

    /** How late the members' sends were, since the start. */
    public Lateness lateness() {
        return lateness.read();
    }

    /** Throws where the caller is not the loop. */
    public void assertOwner() {
        if (!isOwner()) throw new IllegalStateException("not on the media loop");
    }

    private boolean isOwner() {
        return Thread.currentThread().equals(thread);
    }

    private void run() {
        while (!closing) {
            for (Runnable task; (task = messages.poll()) != null; ) run(task);
            wheel.run();
            if (!messages.isEmpty()) continue;
            long deadline = wheel.nextDeadlineNanos();
            if (deadline == Long.MAX_VALUE) LockSupport.park(this);
            else LockSupport.parkNanos(this, deadline - System.nanoTime());
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // A broken promise of ours, or no memory: it must not end the other calls.
            LOG.error("a message to the media loop failed", e);
        }
    }

    /** Ends the thread; members are not told. Returns when it has ended. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        if (isOwner()) return;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
