package dev.outdial.dialer.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void nobodyWaitsForLongerThanItMayRingOrAMinute() {
        Patience short_ = Patience.ringing(Duration.ofSeconds(20));
        assertThat(short_.until(NOW.plusSeconds(60), NOW)).contains(Duration.ofSeconds(60));
        assertThat(short_.until(NOW.plusSeconds(60).plusNanos(1), NOW)).isEmpty();
        Patience long_ = Patience.ringing(Duration.ofSeconds(90));
        assertThat(long_.until(NOW.plusSeconds(90), NOW)).contains(Duration.ofSeconds(90));
        assertThat(long_.until(NOW.plusSeconds(91), NOW)).isEmpty();
    }

    @Test
    void whoSaysLaterAndMeansNowIsNotAskedInACircle() {
        Patience patience = Patience.ringing(Duration.ofSeconds(20));
        assertThat(patience.until(NOW, NOW)).contains(Duration.ofMillis(50));
        assertThat(patience.until(NOW.minusSeconds(3600), NOW)).contains(Duration.ofMillis(50));
        assertThat(patience.until(NOW.plusMillis(51), NOW)).contains(Duration.ofMillis(51));
    }
}
