package dev.outdial.dialer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** A clock that is moved by hand. */
class ManualClockTest {
    private static final Instant NOON = Instant.parse("2030-01-07T12:00:00Z");

    private final ManualClock clock = ManualClock.at(NOON);

    @Test
    void bothTimesMoveTogether() {
        clock.advance(Duration.ofSeconds(3));
        assertThat(clock.nanos()).isEqualTo(3_000_000_000L);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void theSameClockInAnotherZoneMovesToo() {
        Clock there = clock.withZone(ZoneId.of("America/New_York"));
        clock.advance(Duration.ofHours(1));
        assertThat(there.instant()).isEqualTo(NOON.plusSeconds(3600));
        assertThat(there.getZone()).isEqualTo(ZoneId.of("America/New_York"));
    }

    @Test
    void itDoesNotGoBack() {
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theClockOfATrunkThatMovesByItselfIsNotMovedByHand() {
        FakeTrunk trunk = FakeTrunk.named("carrier");
        var dialer = trunk.dialer();
        try {
            assertThatThrownBy(() -> trunk.clock().advance(Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("byHand");
        } finally {
            dialer.close();
        }
    }
}
