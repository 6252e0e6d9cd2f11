package dev.outdial.media.net;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform thread that sends and receives the media of its members, on absolute deadlines. <b>Threading:</b> the public
 * methods may be called on any thread; members are called on the loop.
 */
public final class MediaLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaLoop.class);
    private static final long CLOSE_MILLIS = 2000;

    /** One grid for all loops: a member that is handed over keeps its packet times to the nanosecond. */
    private static final long ORIGIN_NANOS = System.nanoTime();

    private final Queue<Membership> noticed = new ConcurrentLinkedQueue<>();
    private final LatenessHistogram lateness = new LatenessHistogram();
    private final TickWheel wheel;
    private final PacketBuffers buffers = PacketBuffers.allocate();
    private final AtomicInteger size = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closing;

    private MediaLoop(String name, int slotMillis) {
        this.wheel = new TickWheel(System::nanoTime, lateness, slotMillis, ORIGIN_NANOS);
        // Heard by the system only where the virtual machine may set priorities (see the launcher): sound goes before
        // compilers.
        this.thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .priority(Thread.MAX_PRIORITY)
                .unstarted(this::run);
    }

    /**
     * Starts the thread.
     *
     * @param name of the thread
     * @param slotMillis the width of the wheel's slots, 1 to 4: members that are due within one are called together
     */
    public static MediaLoop start(String name, int slotMillis) {
        var loop = new MediaLoop(name, slotMillis);
        loop.thread.start();
        return loop;
    }

    /** Registers a member; it is called every 20 ms once it {@linkplain Membership#enter enters}. */
    public Membership join(LoopMember member) {
        count(1);
        return new Membership(member, this);
    }

    /** Members that joined, or were handed over to this loop, and have not left; a moment old. */
    public int size() {
        return size.get();
    }

    /**
     * Has a member go to another loop, between two ticks: it keeps its packet times, and uses the other loop's buffers from then
     * on. Its messages stay in order. A member that has left stays where it is.
     */
    public static void handOver(Membership membership, MediaLoop to) {
        membership.handOver(to);
    }

    /** How late the sends of these loops' members were, since their start. */
    public static Lateness lateness(List<MediaLoop> loops) {
        return LatenessHistogram.read(loops.stream().map(loop -> loop.lateness).toList());
    }

    /** Has the loop look after a member, which has mail or wants a seat. */
    void notice(Membership membership) {
        noticed.add(membership);
        LockSupport.unpark(thread);
    }

    void count(int change) {
        size.addAndGet(change);
    }

    TickWheel wheel() {
        return wheel;
    }

    PacketBuffers buffers() {
        return buffers;
    }

    void assertOwner() {
        if (!isOwner()) throw new IllegalStateException("not on the media loop");
    }

    boolean isOwner() {
        return Thread.currentThread().equals(thread);
    }

    private void run() {
        while (!closing) turn();
    }

    /** A method of its own, which is compiled after some seconds; the loop around it would be interpreted for minutes. */
    private void turn() {
        for (Membership membership; (membership = noticed.poll()) != null; ) attend(membership);
        wheel.run();
        if (!noticed.isEmpty()) return;
        long deadline = wheel.nextDeadlineNanos();
        if (deadline == Long.MAX_VALUE) LockSupport.park(this);
        else LockSupport.parkNanos(this, deadline - System.nanoTime());
    }

    private void attend(Membership membership) {
        try {
            membership.attend(this);
        } catch (Throwable e) {
            // No memory for a seat, perhaps: the other calls go on.
            LOG.error("a member could not be attended to", e);
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
