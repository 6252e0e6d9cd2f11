package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ReadRhythmTest {
    private final ReadRhythm rhythm = new ReadRhythm();
    private int looks;
    private int longestWaitTicks;
    private int taken;

    /** Runs so many packet times, into each of which so many packets fall. */
    private void run(int ticks, IntUnaryOperator arrivals) {
        var waiting = new ArrayDeque<Integer>();
        for (int tick = 0; tick < ticks; tick++) {
            for (int i = arrivals.applyAsInt(tick); i > 0; i--) waiting.add(tick);
            int limit = rhythm.limit();
            int count = 0;
            for (; count < limit && !waiting.isEmpty(); count++)
                longestWaitTicks = Math.max(longestWaitTicks, tick - waiting.remove());
            looks += Math.min(limit, count + 1);
            taken += count;
            rhythm.found(limit, count);
        }
        assertThat(waiting).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aSteadyStreamCostsAQuarterFewerLooks() {
        run(1000, tick -> 1);
        assertThat(taken).isEqualTo(1000);
        assertThat(longestWaitTicks).isZero();
        assertThat(looks).isBetween(1500, 1510);
    }

    @Test
    void aSilentFarEndCostsHalfTheLooksAndItsFirstPacketWaitsATickAtMost() {
        run(1002, tick -> tick == 1000 ? 1 : 0);
        assertThat(looks).isBetween(500, 530);
        run(1002, tick -> tick == 999 ? 1 : 0);
        assertThat(taken).isEqualTo(2);
        assertThat(longestWaitTicks).isLessThanOrEqualTo(1);
    }

    @Test
    void whateverComesNothingWaitsLongerThanATick() {
        var random = new Random(11);
        run(100_000, tick -> switch (random.nextInt(40)) {
            case 0 -> 0;
            case 1 -> 2;
            case 2 -> 5;
            default -> 1;
        });
        assertThat(longestWaitTicks).isEqualTo(1);
    }

    @Test
    void aFarEndThatSendsTwiceAsOftenIsReadWithoutABacklog() {
        run(1000, tick -> 2);
        assertThat(longestWaitTicks).isZero();
        assertThat(taken).isEqualTo(2000);
    }
}
