package dev.outdial.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.store.TallyTable.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Counters. */
abstract class TallyStories extends StoreStories {
    private static final Instant BEGUN = Instant.parse("2026-03-01T12:00:00Z");

    TallyStories(Databases database) {
        super(database);
    }

    private static Tally tally(long reached) {
        return new Tally(reached, BEGUN, BEGUN.plus(Duration.ofDays(1)));
    }

    private boolean put(String name, Tally tally) {
        return done(store, tables -> {
            Tally unused = tables.tallies().lock("acc", name, BEGUN);
            tables.tallies().put("acc", name, tally);
            return true;
        });
    }

    private Optional<Tally> find(String name) {
        return maybe(store, tables -> tables.tallies().find("acc", name));
    }

    @Test
    void whatIsWrittenIsFoundUntilItCountsNothing() {
        assertThat(find("one")).isEmpty();
        assertThat(put("one", tally(3))).isTrue();
        assertThat(find("one")).hasValue(tally(3));
        assertThat(find("other")).isEmpty();
        assertThat(put("one", tally(0))).isTrue();
        assertThat(find("one")).isEmpty();
    }

    @Test
    void thoseWhoCountAtOnceCountOneAfterAnother() throws Exception {
        List<Boolean> counted = atOnce(
                20,
                i -> done(store, tables -> {
                    Tally was = tables.tallies().lock("acc", "busy", BEGUN);
                    tables.tallies().put("acc", "busy", tally(was.reached() + 1));
                    return true;
                }));

        assertThat(counted).hasSize(20).containsOnly(true);
        assertThat(find("busy")).hasValue(tally(20));
    }

    @Test
    void whatIsForgottenGoesWithWhatIsOld() {
        assertThat(put("old", tally(1))).isTrue();
        assertThat(done(store, tables -> tables.retention().deleteOlderThan(BEGUN, 100) >= 0))
                .isTrue();
        assertThat(find("old")).isPresent();
        assertThat(done(store, tables -> tables.retention().deleteOlderThan(BEGUN.plus(Duration.ofDays(2)), 100) > 0))
                .isTrue();
        assertThat(find("old")).isEmpty();
    }
}
