package dev.outdial.media.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource(delimiter = '>', nullValues = "-", textBlock = """
            -                            > true  > 10000
            public                       > true  > 10000
            max-age=60                   > true  > 60000
            public, Max-Age=60           > true  > 60000
            max-age = "60"               > true  > 60000
            max-age=0                    > true  > 0
            max-age=99999999             > true  > 3600000
            max-age=99999999999999999999 > true  > 3600000
            max-age=-1                   > true  > 10000
            s-maxage=60                  > true  > 10000
            no-cache                     > true  > 0
            no-cache, max-age=60         > true  > 0
            no-store                     > false > 0
            max-age=60, no-store         > false > 0
            """)
    void theServersWordsHoldWithinBounds(String cacheControl, boolean isKept, long millis) {
        assertThat(Freshness.of(Optional.ofNullable(cacheControl))).isEqualTo(new Freshness(isKept, millis));
    }

    @Test
    void whatIsKnownIsReadAsItWasWritten() {
        var full = new CacheEntry(HASH, Optional.of("W/\"x\""), Optional.of("Sun, 22 Nov 2026"), 5, 7);
        var bare = new CacheEntry(HASH, Optional.empty(), Optional.empty(), 0, 0);

        assertThat(CacheEntry.read(full.lines())).contains(full);
        assertThat(CacheEntry.read(bare.lines())).contains(bare);
        assertThat(full.canBeAskedFor()).isTrue();
        assertThat(bare.canBeAskedFor()).isFalse();
    }

    @Test
    void whatSomebodyElseWroteIsNotRead() {
        assertThat(CacheEntry.read(List.of())).isEmpty();
        assertThat(CacheEntry.read(List.of("outdial-fetch-1", "../../etc/passwd", "", "", "1", "1")))
                .isEmpty();
        assertThat(CacheEntry.read(List.of("outdial-fetch-1", HASH, "", "", "-1", "1")))
                .isEmpty();
        assertThat(CacheEntry.read(List.of("outdial-fetch-2", HASH, "", "", "1", "1")))
                .isEmpty();
    }

    @Test
    void aClockThatWasSetBackMakesNothingFreshForEver() {
        var entry = new CacheEntry(HASH, Optional.empty(), Optional.empty(), 1_000_000, 10_000);

        assertThat(entry.isFresh(1_000_000)).isTrue();
        assertThat(entry.isFresh(1_009_999)).isTrue();
        assertThat(entry.isFresh(1_010_000)).isFalse();
        assertThat(entry.isFresh(999_999)).isFalse();
    }
}
