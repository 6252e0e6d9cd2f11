package dev.outdial.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.CounterService.Counted;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCountersTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant BEGUN = Instant.parse("2026-03-01T12:00:00.123456Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGUN);

    private static boolean counts(StoredCounters counters, String name, long limit, Duration remembered) {
        boolean isReached = counters.isReached("acc", name, limit, remembered);
        Optional<Counted> counted = counters.count("acc", name, limit, remembered);
        assertThat(isReached).isNotEqualTo(counted.isPresent());
        return counted.isPresent();
    }

    @Test
    void countersCompareForgetAndTakeBack() {
        try (Store store = Store.open(StoreSettings.inFolder(folder))) {
            var counters = new StoredCounters(store, now::get);
            assertThat(counts(counters, "a", 2, DAY)).isTrue();
            assertThat(counts(counters, "a", 2, DAY)).isTrue();
            assertThat(counts(counters, "a", 2, DAY)).isFalse();
            assertThat(counts(counters, "a", 3, DAY)).as("a limit of its own").isTrue();
            assertThat(counts(counters, "b", 1, DAY)).isTrue();

            now.set(BEGUN.plus(DAY).minusSeconds(1));
            assertThat(counts(counters, "b", 1, DAY)).isFalse();
            now.set(BEGUN.plus(DAY));
            assertThat(counts(counters, "b", 1, DAY.multipliedBy(2)))
                    .as("remembered for longer")
                    .isFalse();
            assertThat(counts(counters, "b", 1, DAY)).as("begun anew").isTrue();
            assertThat(counts(counters, "b", 1, DAY)).isFalse();
        }
    }

    @Test
    void whatDidNotHappenAfterAllIsTakenBackOnceAndOutlivesTheProcess() {
        Counted kept;
        try (Store store = Store.open(StoreSettings.inFolder(folder))) {
            var counters = new StoredCounters(store, now::get);
            Counted undone = counters.count("acc", "a", 1, DAY).orElseThrow();
            counters.undo(undone);
            kept = counters.count("acc", "a", 1, DAY).orElseThrow();
        }
        try (Store store = Store.open(StoreSettings.inFolder(folder))) {
            var counters = new StoredCounters(store, now::get);
            assertThat(counts(counters, "a", 1, DAY)).isFalse();

            now.set(BEGUN.plus(DAY));
            assertThat(counts(counters, "a", 1, DAY)).isTrue();
            counters.undo(kept);
            assertThat(counts(counters, "a", 1, DAY))
                    .as("one of a counter that was forgotten changes nothing")
                    .isFalse();
        }
    }
}
