package dev.outdial.testbed.link;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImpairedLinkTest {
    private static final long MILLI = 1_000_000;

    private static List<Integer> run(ImpairedLink<Integer> link, int packets) {
        var arrived = new ArrayList<Integer>();
        for (int i = 0; i < packets; i++) {
            link.send(i, i * 20L * MILLI);
            arrived.addAll(link.take(i * 20L * MILLI));
        }
        arrived.addAll(link.take(Long.MAX_VALUE / 2));
        return arrived;
    }

    private static ImpairedLink<Integer> bad(long seed) {
        return ImpairedLink.<Integer>seed(seed)
                .delay(ofMillis(40))
                .jitter(ofMillis(30))
                .losing(0.1)
                .duplicating(0.05)
                .reordering(0.05, ofMillis(60));
    }

    @Test
    void theSameSeedGivesTheSameDeliveries() {
        assertThat(run(bad(7), 1000)).isEqualTo(run(bad(7), 1000)).isNotEqualTo(run(bad(8), 1000));
        assertThat(bad(7).toString()).contains("seed=7");
    }

    @Test
    void theSharesAreAboutWhatWasAskedFor() {
        var link = bad(7);
        var arrived = run(link, 10_000);

        assertThat(link.lostCount()).isBetween(900L, 1100L);
        assertThat(arrived.size() - arrived.stream().distinct().count()).isBetween(400L, 500L);
        long overtaken = IntStream.range(1, arrived.size())
                .filter(i -> arrived.get(i) < arrived.get(i - 1))
                .count();
        assertThat(overtaken).isBetween(300L, 600L);
    }

    @Test
    void aHarmlessLinkDeliversAtOnceAndJitterAloneKeepsTheOrder() {
        var plain = ImpairedLink.<String>seed(1);
        plain.send("a", 5);
        assertThat(plain.take(5)).containsExactly("a");
        assertThat(plain.nextDeadlineNanos()).isEmpty();

        assertThat(run(ImpairedLink.<Integer>seed(3).jitter(ofMillis(200)), 500))
                .isSorted()
                .hasSize(500);
    }

    @Test
    void predicatesLoseDoubleAndDelayWhomTheyName() {
        var link = ImpairedLink.<Integer>seed(1)
                .delay(ofMillis(10))
                .dropping(p -> p == 1)
                .doubling(p -> p == 2)
                .delaying(p -> p == 3, ofMillis(100));
        for (int i = 0; i < 5; i++) link.send(i, 0);

        assertThat(link.take(9 * MILLI)).isEmpty();
        assertThat(link.nextDeadlineNanos()).isEqualTo(OptionalLong.of(10 * MILLI));
        assertThat(link.take(10 * MILLI)).containsExactly(0, 2, 2, 4);
        assertThat(link.take(110 * MILLI)).containsExactly(3);
    }

    @Test
    void aShareThatIsNoneIsRefused() {
        assertThatThrownBy(() -> ImpairedLink.seed(1).losing(1.5)).hasMessageContaining("1.5");
    }
}
