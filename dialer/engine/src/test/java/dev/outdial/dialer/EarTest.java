package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a listener is told, in which order, and by how many at once. */
class EarTest {
    private static final int MANY = 20_000;

    private final BlockingQueue<Thread> begun = new LinkedBlockingQueue<>();

    private ThreadFactory threads(Thread.UncaughtExceptionHandler whatIsThrown) {
        return task -> {
            Thread thread =
                    Thread.ofVirtual().uncaughtExceptionHandler(whatIsThrown).unstarted(task);
            begun.add(thread);
            return thread;
        };
    }

    private final Ear ear = new Ear(threads((thread, broken) -> {}));

    @Test
    void tellsInOrderWhatOneThreadSays() throws Exception {
        List<Integer> told = new ArrayList<>(); // not safe for several threads at once
        var last = new CompletableFuture<Void>();

        IntStream.range(0, MANY).forEach(number -> ear.execute(() -> told.add(number)));
        ear.execute(() -> last.complete(null));
        last.get(10, TimeUnit.SECONDS);

        assertThat(told).isEqualTo(IntStream.range(0, MANY).boxed().toList());
    }

    @Test
    void tellsAllThatManyThreadsSayOneAtATime() throws Exception {
        int[] told = {0}; // not safe for several threads at once
        var all = new CompletableFuture<Void>();

        try (var sayers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < MANY; i++)
                sayers.execute(() -> ear.execute(() -> {
                    if (++told[0] == MANY) all.complete(null);
                }));
        }

        assertThat(all).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void goesOnAfterWhatTheListenerThrows() throws Exception {
        var thrown = new CompletableFuture<Throwable>();
        var ear = new Ear(threads((thread, broken) -> thrown.complete(broken)));
        var next = new CompletableFuture<Void>();
        var trouble = new IllegalStateException("the listener's own");

        ear.execute(() -> {
            throw trouble;
        });
        ear.execute(() -> next.complete(null));

        assertThat(next).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(thrown.get(10, TimeUnit.SECONDS)).isSameAs(trouble);
    }

    @Test
    void keepsNoThreadWhileThereIsNothingToTell() throws Exception {
        var told = new CompletableFuture<Void>();

        ear.execute(() -> told.complete(null));
        told.get(10, TimeUnit.SECONDS);
        Thread first = begun.take();

        assertThat(first.join(Duration.ofSeconds(10))).isTrue();
        assertThat(begun).isEmpty();
    }
}
