package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StatisticsBoardTest {
    private final StatisticsBoard board = new StatisticsBoard();

    private void write(long n) {
        board.sent(n, n + 1, n + 2, n + 3);
        board.receivedPackets(n + 4, n + 5, n + 6, n + 7);
        board.receivedSound(n + 8, n + 9, n + 10, n + 11);
        board.heard(n + 18);
        board.refused(n + 12, n + 13, n + 14);
        board.remote(n + 15, n + 16, n + 17);
        board.publish();
    }

    private static MediaStatistics expected(long n) {
        return new MediaStatistics(
                new MediaStatistics.Sent(n, n + 1, n + 2, n + 3),
                new MediaStatistics.Received(
                        n + 4,
                        n + 5,
                        n + 6,
                        n + 7,
                        n + 8,
                        n + 9,
                        n + 10,
                        n + 11,
                        n + 12,
                        n + 13,
                        n + 14,
                        OptionalDouble.of(n + 18)),
                new MediaStatistics.Remote(
                        OptionalLong.of(n + 15), OptionalDouble.of(n + 16), OptionalDouble.of(n + 17)),
                OptionalDouble.empty());
    }

    /** What was written, without the score that is made of it. */
    private MediaStatistics numbers() {
        MediaStatistics read = board.read();
        return new MediaStatistics(read.sent(), read.received(), read.remote(), OptionalDouble.empty());
    }

    @Test
    void theScoreFollowsWhatWasLostAndHowLongItTook() {
        board.receivedPackets(1000, 0, 0, 0);
        board.remote(0, 0, 40);
        board.publish();
        assertThat(board.read().mos().orElseThrow()).isBetween(4.3, 4.45);
        board.receivedPackets(950, 50, 0, 0);
        board.remote(0, 0, 400);
        board.publish();
        assertThat(board.read().mos().orElseThrow()).isBetween(3.2, 4.0);
    }

    @Test
    void whatIsNotKnownIsEmpty() {
        MediaStatistics nothing = board.read();
        assertThat(nothing.remote())
                .isEqualTo(new MediaStatistics.Remote(
                        OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty()));
        assertThat(nothing.mos()).isEmpty();
        assertThat(nothing.sent()).isEqualTo(new MediaStatistics.Sent(0, 0, 0, 0));
    }

    @Test
    void whatIsWrittenIsReadOncePublished() {
        write(100);
        board.sent(1, 2, 3, 4);
        assertThat(numbers()).isEqualTo(expected(100));
        board.publish();
        assertThat(board.read().sent()).isEqualTo(new MediaStatistics.Sent(1, 2, 3, 4));
    }

    @Test
    void aReaderNeverSeesHalfOfOneAndHalfOfAnother() throws Exception {
        write(0);
        var done = new AtomicBoolean();
        var reader = CompletableFuture.supplyAsync(() -> {
            long last = 0;
            long seen = 0;
            while (!done.get()) {
                MediaStatistics read = numbers();
                long n = read.sent().packets();
                assertThat(read).isEqualTo(expected(n));
                assertThat(n).isGreaterThanOrEqualTo(last);
                if (n > last) seen++;
                last = n;
            }
            return seen;
        });
        long end = System.nanoTime() + 500_000_000L;
        for (long n = 1; System.nanoTime() < end; n++) write(n);
        done.set(true);
        assertThat(reader.get(10, TimeUnit.SECONDS)).isPositive();
    }

    @Test
    void writingMakesNoObjects() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        write(1);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (long n = 0; n < 10_000; n++) write(n);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }
}
