package dev.outdial.media.net;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's registration with the loop that carries it, and its mail. Messages are run in the order of their posting, also
 * while the member moves to another loop. <b>Threading:</b> {@link #enter}, {@link #post} and {@link #destination} may be called on
 * any thread, the rest on the loop that has the member.
 *
 * <pre>
 *   mail      1 2 3 H 4 5 6        H: the hand-over is a message like the others
 *   loop A    1 2 3 H              the seat is given up, the owner is B from here on
 *   loop B            4 5 6        the seat is taken before the first message
 * </pre>
 */
public final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final int DEFAULT_PTIME_MILLIS = 20;

    private final LoopMember member;
    private final Queue<Runnable> mail = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean announced = new AtomicBoolean();
    private volatile MediaLoop owner;
    /** Where the hand-overs that are in the mail lead. */
    private volatile MediaLoop destination;

    private TickWheel.@Nullable Seat seat;
    private int ptimeMillis = DEFAULT_PTIME_MILLIS;
    private boolean moved;
    private long dueNanos;
    private boolean left;

    Membership(LoopMember member, MediaLoop owner) {
        this.member = member;
        this.owner = owner;
        this.destination = owner;
    }

    /** Has the member called once a packet time from now on. */
    public void enter() {
        announce();
    }

    /** Has the task run on the loop that has the member, soon and in order. Forgotten once that loop is closed. */
    public void post(Runnable task) {
        mail.add(task);
        announce();
    }

    private void announce() {
        if (announced.compareAndSet(false, true)) owner.notice(this);
    }

    /** See {@link MediaLoop#handOver}. */
    synchronized void handOver(MediaLoop to) {
        destination = to;
        post(() -> move(to));
    }

    /** The loop on which what is posted from now on is run: any thread. */
    public MediaLoop destination() {
        return destination;
    }

    private void move(MediaLoop to) {
        MediaLoop from = owner;
        if (to.equals(from) || left || seat == null || seat.isRemoved()) return;
        dueNanos = seat.dueNanos();
        moved = true;
        from.wheel().remove(seat);
        seat = null;
        from.count(-1);
        to.count(1);
        // What was done before this line is seen by the next owner; what follows it is not ours any more.
        owner = to;
        to.notice(this);
    }

    /** Runs the mail, on a loop that was told of it. */
    void attend(MediaLoop loop) {
        if (!loop.equals(owner)) {
            // It moved on in the meantime.
            owner.notice(this);
            return;
        }
        takeSeat(loop.wheel());
        // Before the mail is read: who posts after this announces again.
        announced.set(false);
        for (Runnable task; isAt(loop) && (task = mail.poll()) != null; ) run(task);
    }

    private void takeSeat(TickWheel wheel) {
        if (seat != null || left) return;
        seat = moved ? wheel.add(member, dueNanos) : wheel.add(member);
        wheel.period(seat, ptimeMillis);
    }

    /** Also false where it moved away and came back while a message was run: then its seat is still to be taken. */
    private boolean isAt(MediaLoop loop) {
        return loop.equals(owner) && (left || seat != null);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // A broken promise of ours, or no memory: it must not end the other calls.
            LOG.error("a message to the media loop failed", e);
        }
    }

    /** Sets the packet time, 10 to 40 ms, from the next tick on; 20 until then. */
    public void ptimeMillis(int millis) {
        assertOwner();
        if (seat != null) owner.wheel().period(seat, millis);
        ptimeMillis = millis;
    }

    /** Ends the member's ticks at once; messages are still run. May be called again. */
    public void leave() {
        assertOwner();
        if (left) return;
        left = true;
        owner.count(-1);
        if (seat != null) owner.wheel().remove(seat);
        seat = null;
    }

    /** The buffers of the loop that has the member now. */
    public PacketBuffers buffers() {
        return owner.buffers();
    }

    /** Whether the caller is the loop that has the member: any thread. */
    public boolean isHere() {
        return owner.isOwner();
    }

    /** Throws where the caller is not the loop that has the member. */
    public void assertOwner() {
        owner.assertOwner();
    }
}
