package dev.outdial.dialer.call.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what it is handed written on a thread of its own. Who hands it over never waits: where the disk does not keep up, it is not taken.
 * <b>Threading:</b> any; {@link #close} waits for what is still to be written, for seconds at most.
 */
final class WritingThread<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WritingThread.class);
    private static final int QUEUE = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long SECOND_NANOS = 1_000_000_000;

    /** Where it is written to; all by that thread alone, which closes it at the end. What it throws is the end. */
    interface Sink<T> extends Closeable {
        void write(T item) throws IOException;

        /** A second has passed: what was written is to reach the disk. */
        void flush() throws IOException;
    }

    private final String what;
    private final Sink<T> sink;
    /** Empty for the end. */
    private final BlockingQueue<Optional<T>> queue = new ArrayBlockingQueue<>(QUEUE);

    private final Thread thread;
    private volatile boolean closed;

    private WritingThread(String name, String what, Sink<T> sink) {
        this.what = what;
        this.sink = sink;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /**
     * Begins.
     *
     * @param name the thread's
     * @param what is written to, for the log
     */
    static <T> WritingThread<T> start(String name, String what, Sink<T> sink) {
        var writing = new WritingThread<>(name, what, sink);
        writing.thread.start();
        return writing;
    }

    /** False where it will not be written. */
    boolean offer(T item) {
        return !closed && queue.offer(Optional.of(item));
    }

    private void run() {
        try (sink) {
            long flushNanos = System.nanoTime() + SECOND_NANOS;
            while (true) {
                Optional<T> item = queue.poll(Math.max(0, flushNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (item != null && item.isEmpty()) return;
                if (item != null) sink.write(item.get());
                if (System.nanoTime() - flushNanos >= 0) {
                    sink.flush();
                    flushNanos = System.nanoTime() + SECOND_NANOS;
                }
            }
        } catch (IOException e) {
            LOG.error("{} cannot be written any more: {}", what, e.toString());
        } catch (InterruptedException e) {
            LOG.warn("{} is not whole: its writing was interrupted", what);
        } finally {
            closed = true;
        }
    }

    /** Writes what waits, and closes what it is written to; doing it twice does no harm. */
    @Override
    public void close() {
        try {
            // Where it is full the thread makes room.
            boolean told = !thread.isAlive() || queue.offer(Optional.empty(), PATIENCE.toSeconds(), TimeUnit.SECONDS);
            boolean unused = thread.join(PATIENCE);
            if (!told || thread.isAlive()) thread.interrupt();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
