package dev.outdial.testbed.trunk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one thread that owns a trunk: sockets, calls, timers. It sleeps in a selector until something is readable, due or posted.
 * <b>Threading:</b> {@link #post} and {@link #ask} from any thread; all else on the loop.
 */
final class TrunkLoop implements AutoCloseable {
    private static final long LONGEST_SLEEP_MILLIS = 1000;

    /** Something that wants to be woken at a time. Waking it late or twice does no harm. */
    abstract static class Timed {
        private boolean alarmSet;
        private long alarmNanos;

        abstract OptionalLong nextDeadlineNanos();

        abstract void wake(long nowNanos);
    }

    private record Alarm(long atNanos, Timed timed) {}

    private final Selector selector;
    // Not the selector itself: that is held for as long as it selects.
    private final Object wakingUp = new Object();
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(a -> a.atNanos() - originNanos()));
    private final long originNanos = System.nanoTime();
    private final Consumer<Throwable> failures;
    private final Thread thread;
    private volatile boolean closed;

    private TrunkLoop(Selector selector, Consumer<Throwable> failures) {
        this.selector = selector;
        this.failures = failures;
        thread = Thread.ofPlatform().name("testbed-trunk").daemon().unstarted(this::run);
    }

    static TrunkLoop start(Consumer<Throwable> failures) {
        try {
            var loop = new TrunkLoop(Selector.open(), failures);
            loop.thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long originNanos() {
        return originNanos;
    }

    private void run() {
        while (!closed) {
            try {
                for (var task = posted.poll(); task != null; task = posted.poll()) guarded(task);
                ring(System.nanoTime());
                long sleepMillis = sleepMillis(System.nanoTime());
                if (sleepMillis <= 0) selector.selectNow(this::ready);
                else selector.select(this::ready, sleepMillis);
            } catch (IOException e) {
                failures.accept(e);
            }
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof Runnable reader) guarded(reader);
    }

    private void ring(long nowNanos) {
        for (var next = alarms.peek(); next != null && nowNanos - next.atNanos() >= 0; next = alarms.peek()) {
            alarms.remove();
            var timed = next.timed();
            if (timed.alarmNanos == next.atNanos()) timed.alarmSet = false;
            // An alarm that was set before the deadline moved is only a reason to look again.
            var deadline = timed.nextDeadlineNanos();
            if (deadline.isPresent() && nowNanos - deadline.getAsLong() >= 0) guarded(() -> timed.wake(nowNanos));
            schedule(timed);
        }
    }

    private long sleepMillis(long nowNanos) {
        if (!posted.isEmpty()) return 0;
        var next = alarms.peek();
        if (next == null) return LONGEST_SLEEP_MILLIS;
        return Math.min(LONGEST_SLEEP_MILLIS, Math.ceilDiv(next.atNanos() - nowNanos, 1_000_000));
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failures.accept(e);
        }
    }

    /** Sets an alarm for the deadline that the thing has now. To be called whenever the deadline may have come nearer. */
    void schedule(Timed timed) {
        var deadline = timed.nextDeadlineNanos();
        if (deadline.isEmpty()) return;
        long atNanos = deadline.getAsLong();
        if (timed.alarmSet && timed.alarmNanos - atNanos <= 0) return;
        timed.alarmSet = true;
        timed.alarmNanos = atNanos;
        alarms.add(new Alarm(atNanos, timed));
    }

    /** Watches a channel; the reader runs whenever it can be read, accepted from or, if asked for, written to. */
    SelectionKey watch(SelectableChannel channel, int operations, Runnable reader) {
        try {
            channel.configureBlocking(false);
            return channel.register(selector, operations, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void post(Runnable task) {
        posted.add(task);
        synchronized (wakingUp) {
            if (!closed) selector.wakeup();
        }
    }

    /** Runs something on the loop and waits for what it gives; after the end of the loop, runs it here. */
    <T> T ask(Supplier<T> question) {
        if (Thread.currentThread().equals(thread)) return question.get();
        var answer = new CompletableFuture<T>();
        post(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        if (closed) drain();
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the trunk", e);
        }
    }

    /** The thread is over and its state belongs to whoever asks, one at a time. */
    private synchronized void drain() {
        join();
        for (var task = posted.poll(); task != null; task = posted.poll()) guarded(task);
    }

    private void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread and closes what it watched. */
    @Override
    public void close() {
        synchronized (wakingUp) {
            closed = true;
            selector.wakeup();
        }
        drain();
        try {
            for (var key : selector.keys()) key.channel().close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
