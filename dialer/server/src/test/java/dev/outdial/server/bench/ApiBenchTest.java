package dev.outdial.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ApiBenchTest {
    private static long[] millis(long from, long to) {
        return LongStream.rangeClosed(from, to).map(one -> one * 1_000_000).toArray();
    }

    private static ApiBench.Result result(long[] nanos, int failed, int callsUp) {
        return ApiBench.Result.of(new long[nanos.length], nanos, failed, callsUp, Slowness.NONE, Slowness.NONE);
    }

    @Test
    void aQuantileIsATimeThatSoManyDidNotExceed() {
        var result = result(millis(1, 1000), 0, 100);

        assertThat(result.requests()).isEqualTo(1000);
        assertThat(result.p50()).isEqualTo(500);
        assertThat(result.p99()).isEqualTo(990);
        assertThat(result.longest()).isEqualTo(1000);
    }

    @Test
    void targetsAreMetByRequestsThatWereAllAcceptedWhileAllCallsWereUp() {
        assertThat(result(millis(1, 4), 0, 100).met()).isTrue();
        assertThat(result(millis(1, 4), 1, 100).met()).isFalse();
        assertThat(result(millis(1, 4), 0, 99).met()).isFalse();
        assertThat(result(millis(5, 9), 0, 100).met()).isFalse();
        assertThat(result(millis(1, 4), 0, 100).line())
                .isEqualTo("POST /api/v1/calls, 4 requests at 100/s, 100 calls up: p50 2.00 ms (target 5), p99 4.00 ms"
                        + " (target 25), longest 4.00 ms, 0 failed");
    }

    @Test
    void whatTheMachineHeldUpIsToldApart() {
        long[] due = LongStream.range(0, 100).map(one -> one * 10_000_000).toArray();
        long[] nanos = millis(1, 100);
        long[] slow = {900_000_000, 910_000_000};
        var result = ApiBench.Result.of(due, nanos, 0, 100, new Slowness(new long[] {1}, 25), new Slowness(slow, 40));

        assertThat(result.p99()).isEqualTo(99);
        // Those due from 880 to 970 ms are left out. Those before took until then and longer, and count.
        assertThat(result.undisturbed()).isEqualTo(100 - 10);
        assertThat(result.machineLine())
                .isEqualTo("the machine itself was slow 5.0 % of the time, and 4.0 % before anything ran (a loop took"
                        + " 2.5 times its usual CPU time or more); the 90 requests beside that: p50 45.00 ms, p99 100.00"
                        + " ms");
    }

    @Test
    void whereAllWereHeldUpNothingIsSaidOfOthers() {
        var result = ApiBench.Result.of(
                new long[4], millis(1, 4), 0, 100, Slowness.NONE, new Slowness(new long[] {500_000}, 1));

        assertThat(result.undisturbed()).isZero();
        assertThat(result.undisturbedP99()).isZero();
    }
}
