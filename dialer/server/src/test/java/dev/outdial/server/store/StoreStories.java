package dev.outdial.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What holds on both databases. The tests of a class share a store, and keep out of each other's way by accounts and names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreStories {
    final Databases database;
    StoreSettings settings = StoreSettings.inMemory("unused");

    @SuppressWarnings("NullAway.Init")
    Store store;

    StoreStories(Databases database) {
        this.database = database;
    }

    @BeforeAll
    void open() {
        settings = database.fresh();
        store = Store.open(settings);
    }

    @AfterAll
    @SuppressWarnings("NullAway")
    void close() {
        if (store != null) {
            store.close();
        }
    }

    /** All at once, as well as threads can. */
    static <T> List<T> atOnce(int count, IntFunction<T> asked) throws Exception {
        var ready = new CountDownLatch(count);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<T>> asking = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int one = i;
                asking.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return asked.apply(one);
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> future : asking) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    static <T> Optional<T> maybe(Store store, Work<Optional<T>> work) {
        return store.read(work);
    }

    static <T> List<T> several(Store store, Work<List<T>> work) {
        return store.read(work);
    }

    static boolean done(Store store, Work<Boolean> work) {
        return store.durably(work);
    }

    static IdempotencyTable.Claim answer(Store store, Work<IdempotencyTable.Claim> work) {
        return store.durably(work);
    }
}
