package dev.outdial.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ApiBenchTest {
    private static long[] millis(long from, long to) {
        return LongStream.rangeClosed(from, to).map(one -> one * 1_000_000).toArray();
    }

    @Test
    void aQuantileIsATimeThatSoManyDidNotExceed() {
        var result = ApiBench.Result.of(millis(1, 1000), 0, 100);

        assertThat(result.requests()).isEqualTo(1000);
        assertThat(result.p50()).isEqualTo(500);
        assertThat(result.p99()).isEqualTo(990);
        assertThat(result.longest()).isEqualTo(1000);
    }

    @Test
    void targetsAreMetByRequestsThatWereAllAcceptedWhileAllCallsWereUp() {
        assertThat(ApiBench.Result.of(millis(1, 4), 0, 100).met()).isTrue();
        assertThat(ApiBench.Result.of(millis(1, 4), 1, 100).met()).isFalse();
        assertThat(ApiBench.Result.of(millis(1, 4), 0, 99).met()).isFalse();
        assertThat(ApiBench.Result.of(millis(5, 9), 0, 100).met()).isFalse();
        assertThat(ApiBench.Result.of(millis(1, 4), 0, 100).line())
                .isEqualTo("POST /api/v1/calls, 4 requests at 100/s, 100 calls up: p50 2.00 ms (target 5), p99 4.00 ms"
                        + " (target 25), longest 4.00 ms, 0 failed");
    }
}
