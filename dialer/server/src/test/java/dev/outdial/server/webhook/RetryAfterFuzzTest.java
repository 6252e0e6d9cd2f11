package dev.outdial.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What receivers write into Retry-After, almost right. */
class RetryAfterFuzzTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final List<String> SEEDS = List.of(
            "120",
            "0",
            "999999999",
            "9999999999",
            "Sun, 01 Mar 2026 09:02:00 GMT",
            "Sun, 01 Mar 2026 09:02:00 +0100",
            "1 Mar 999999999 09:02:00 GMT",
            "-1",
            "1e9",
            "");
    private static final String EDGES = "0123456789 ,:+-GMT\u0661\t\u0000";

    private static void feed(int count, long seed) {
        var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            var text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (int changes = random.nextInt(5); changes > 0; changes--) {
                char edge = EDGES.charAt(random.nextInt(EDGES.length()));
                int at = random.nextInt(text.length() + 1);
                if (at < text.length() && random.nextBoolean()) text.setCharAt(at, edge);
                else text.insert(at, edge);
            }
            assertThat(RetryAfter.parse(text.toString(), NOW))
                    .as(text.toString())
                    .matches(wait -> wait.isEmpty()
                            || (!wait.get().isNegative() && wait.get().compareTo(Duration.ofHours(24)) <= 0));
        }
    }

    @Test
    void someMutationsAreTaken() {
        feed(20_000, 1);
    }

    @Tag("slow")
    @Test
    void manyMutationsAreTaken() {
        feed(400_000, 2);
    }
}
