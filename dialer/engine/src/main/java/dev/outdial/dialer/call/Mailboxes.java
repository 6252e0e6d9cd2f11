package dev.outdial.dialer.call;

import dev.outdial.dialer.log.LogMark;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A few platform threads, each of which works for its share of the calls, one task at a time.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class Mailboxes implements AutoCloseable {
    private static final int MOST = 4;

    private final Mailbox[] stripes;
    private final AtomicInteger next = new AtomicInteger();

    /** As many threads as there are cores, four at most. */
    public Mailboxes() {
        int count = Math.min(MOST, Runtime.getRuntime().availableProcessors());
        stripes = IntStream.range(0, count).mapToObj(Mailboxes::stripe).toArray(Mailbox[]::new);
    }

    /** The mailbox of the next call, in turn. */
    public Mailbox next() {
        return stripes[Math.floorMod(next.getAndIncrement(), stripes.length)];
    }

    /** The same, for log lines of that call, as {@link LogMark} has it. */
    public Mailbox next(String call) {
        return next().of(call);
    }

    /** Lets no more tasks in and forgets those that wait. */
    @Override
    public void close() {
        for (Mailbox stripe : stripes) {
            stripe.close();
        }
    }

    private static Mailbox stripe(int number) {
        var executor = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().daemon().name("outdial-mailbox-" + number).factory());
        executor.setRemoveOnCancelPolicy(true);
        return new Mailbox(executor);
    }
}
