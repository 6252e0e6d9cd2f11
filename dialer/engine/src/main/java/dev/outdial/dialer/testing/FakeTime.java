package dev.outdial.dialer.testing;

import dev.outdial.dialer.call.Stage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time that goes on by happenings: while a thread that takes part does something it stands still, and when all of them wait it jumps
 * to what is due next, or no further than {@link #advance} says.
 *
 * <p><b>Threading:</b> any thread; what happens does so on one of its own.
 */
final class FakeTime {
    private static final Logger LOG = LoggerFactory.getLogger(FakeTime.class);
    private static final long LOOK_AGAIN_NANOS = 50_000;
    private static final long IDLE_NANOS = 1_000_000;

    /**
     * How long a platform thread that waits for something of its own is watched before it is believed: it is seen to wait until the
     * system has woken it.
     */
    private static final long GRACE_NANOS = 10_000_000;

    /** The same for a thread that waits for a lock, which whoever has it gives back as soon as it may go on: while a class is loaded, say. */
    private static final long LOCKED_GRACE_NANOS = 500_000_000;

    private static final int LOOKS = 2;
    private static final Waiting AWAKE = new Waiting(Optional.empty());

    private final ManualClock clock;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Map<Thread, Waiting> participants = new ConcurrentHashMap<>();
    private final AtomicInteger held = new AtomicInteger();
    private final Thread pump =
            Thread.ofPlatform().daemon().name("outdial-fake-time").unstarted(this::run);
    private volatile Optional<Advance> advance;
    private volatile boolean closed;
    private long lastBusyNanos = System.nanoTime();

    /** What a thread waits for within a call, or nothing that is known. */
    private record Waiting(Optional<CompletableFuture<?>> happening) {}

    /** How far time may go. */
    private record Advance(long untilNanos, CompletableFuture<Void> done) {}

    /** @param byHand whether time goes on only when it is told to */
    FakeTime(ManualClock clock, boolean byHand) {
        this.clock = clock;
        this.advance = byHand ? Optional.empty() : Optional.of(new Advance(Long.MAX_VALUE, new CompletableFuture<>()));
        clock.ownedBy(this);
        pump.start();
    }

    /** Runs a task as soon as those before it are done. */
    void execute(Runnable task) {
        tasks.add(task);
        LockSupport.unpark(pump);
    }

    /** The calling thread takes part from now on. */
    void join() {
        if (!Thread.currentThread().equals(pump)) participants.putIfAbsent(Thread.currentThread(), AWAKE);
    }

    /** Threads that take part. */
    ThreadFactory threads(String name) {
        ThreadFactory plain = Thread.ofVirtual().name(name, 0).factory();
        return task -> {
            Thread thread = plain.newThread(task);
            participants.put(thread, AWAKE);
            return thread;
        };
    }

    /** Time stands still until the handle is run. */
    Runnable hold() {
        held.incrementAndGet();
        return held::decrementAndGet;
    }

    <T> T await(CompletableFuture<T> happening, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        var timeUp = new CompletableFuture<Void>();
        Runnable takeBack =
                longest.equals(Stage.FOR_EVER) ? () -> {} : clock.alarm(longest.toNanos(), () -> timeUp.complete(null));
        try {
            waitFor(CompletableFuture.anyOf(happening, timeUp));
        } catch (ExecutionException failed) {
            LOG.trace("what was waited for failed", failed); // told below
        } finally {
            takeBack.run();
        }
        if (!happening.isDone()) throw new TimeoutException("not within " + longest);
        return happening.get();
    }

    private void waitFor(CompletableFuture<?> happening) throws InterruptedException, ExecutionException {
        participants.put(Thread.currentThread(), new Waiting(Optional.of(happening)));
        LockSupport.unpark(pump);
        try {
            happening.get();
        } finally {
            participants.put(Thread.currentThread(), AWAKE);
        }
    }

    /** See {@link ManualClock#advance}. */
    void advance(Duration time) {
        if (advance.filter(now -> now.untilNanos() == Long.MAX_VALUE).isPresent()) {
            throw new IllegalStateException("this clock moves by itself: FakeTrunk.byHand() has it wait for you");
        }
        var done = new CompletableFuture<Void>();
        advance = Optional.of(new Advance(clock.nanos() + time.toNanos(), done));
        try {
            waitFor(done);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void close() {
        closed = true;
        LockSupport.unpark(pump);
    }

    private void run() {
        while (!closed) turn();
        // Whoever still waits for an end gets it.
        for (Runnable task; (task = tasks.poll()) != null; ) guarded(task);
        advance.ifPresent(last -> last.done().complete(null));
    }

    private void turn() {
        Runnable task = tasks.poll();
        if (task != null) {
            guarded(task);
            return;
        }
        if (!isQuiet()) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
            return;
        }
        Optional<Advance> current = advance;
        Optional<Runnable> next = current.flatMap(now -> clock.nextBy(now.untilNanos()));
        if (next.isPresent()) {
            guarded(next.get());
        } else {
            current.filter(now -> now.untilNanos() != Long.MAX_VALUE).ifPresent(now -> {
                clock.moveTo(now.untilNanos());
                advance = Optional.empty();
                now.done().complete(null);
            });
            LockSupport.parkNanos(this, IDLE_NANOS);
        }
    }

    private void guarded(Runnable task) {
        lastBusyNanos = System.nanoTime();
        try {
            task.run();
        } catch (RuntimeException | Error broken) {
            LOG.error("something that happened to a fake call failed", broken);
        }
    }

    /** Whoever was woken by another after being looked at is found awake at the second look. */
    private boolean isQuiet() {
        boolean quiet = true;
        for (int look = 0; look < LOOKS && quiet; look++) quiet = looksQuiet();
        quiet &= tasks.isEmpty();
        if (!quiet) lastBusyNanos = System.nanoTime();
        return quiet && System.nanoTime() - lastBusyNanos >= graceNanos();
    }

    private boolean looksQuiet() {
        participants.keySet().removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        return held.get() == 0 && participants.entrySet().stream().allMatch(one -> waits(one.getKey(), one.getValue()));
    }

    private static boolean waits(Thread thread, Waiting waiting) {
        return waiting.happening().isPresent()
                ? !waiting.happening().get().isDone()
                : switch (thread.getState()) {
                    case WAITING, TIMED_WAITING, BLOCKED, TERMINATED -> true;
                    case NEW, RUNNABLE -> false;
                };
    }

    private long graceNanos() {
        long longest = 0;
        for (var one : participants.entrySet()) {
            if (one.getValue().happening().isPresent()) continue;
            if (one.getKey().getState() == Thread.State.BLOCKED) return LOCKED_GRACE_NANOS;
            if (!one.getKey().isVirtual()) longest = GRACE_NANOS;
        }
        return longest;
    }
}
