package dev.outdial.dialer.call;

import dev.outdial.dialer.log.LogMark;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A few platform threads, each of which works for its share of the calls, one task at a time.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class Mailboxes implements AutoCloseable {
    private static final int MOST = 4;

    private final Stripe[] stripes;
    private final AtomicInteger next = new AtomicInteger();

    /** As many threads as there are cores, four at most. */
    public Mailboxes() {
        int count = Math.min(MOST, Runtime.getRuntime().availableProcessors());
        stripes = IntStream.range(0, count)
                .mapToObj(number -> new Stripe("outdial-mailbox-" + number))
                .toArray(Stripe[]::new);
    }

    /** A mailbox on the next thread, in turn. */
    public Mailbox next() {
        return new Mailbox(nextStripe(), Optional.empty());
    }

    /** The same, for log lines of that call, as {@link LogMark} has it. */
    public Mailbox next(String call) {
        return new Mailbox(nextStripe(), Optional.of(call));
    }

    private Stripe nextStripe() {
        return stripes[Math.floorMod(next.getAndIncrement(), stripes.length)];
    }

    /** Lets no more tasks in and forgets those that wait. */
    @Override
    public void close() {
        for (Stripe stripe : stripes) {
            stripe.close();
        }
    }
}
