package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.call.Backstage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** What waits to be looked at by one thread, which waits for it in the dialer's time. <b>Threading:</b> any puts, one takes. */
final class Inbox<E> {
    private final Backstage backstage;
    private final Queue<E> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> news = new CompletableFuture<>();

    Inbox(Backstage backstage) {
        this.backstage = backstage;
    }

    synchronized void put(E item) {
        waiting.add(item);
        news.complete(null);
    }

    /** The next one; empty where there is none. */
    synchronized Optional<E> poll() {
        return Optional.ofNullable(waiting.poll());
    }

    /**
     * Waits for the next one.
     *
     * @param untilNanos when to wait no longer; as long as it takes where empty
     */
    Optional<E> take(OptionalLong untilNanos) throws InterruptedException {
        CompletableFuture<Void> coming;
        synchronized (this) {
            if (!waiting.isEmpty()) return poll();
            if (news.isDone()) news = new CompletableFuture<>();
            coming = news;
        }
        if (untilNanos.isEmpty()) {
            backstage.await(coming);
        } else {
            long left = untilNanos.getAsLong() - backstage.nanos();
            if (left > 0) backstage.await(coming, Duration.ofNanos(left));
        }
        return poll();
    }
}
