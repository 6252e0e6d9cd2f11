package dev.outdial.testbed.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.testbed.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountedStreamsTest {
    private static final long MILLI = 1_000_000;

    private final CountedStreams streams = new CountedStreams(Duration.ZERO);

    @Test
    void aStreamIsToldApartBySourcePortAndSsrc() {
        hear(4000, 1, 0, 0);
        hear(4000, 2, 0, 0);
        hear(4002, 1, 0, 0);
        hear(4000, 1, 1, 20);

        assertThat(report(20).streams()).isEqualTo(3);
        assertThat(report(20).packets()).isEqualTo(4);
    }

    @Test
    void thousandsOfStreamsAreKeptApart() {
        for (int turn = 0; turn < 2; turn++)
            for (int ssrc = 0; ssrc < 3000; ssrc++) hear(4000 + ssrc % 8, ssrc, turn, 20L * turn);

        assertThat(report(20).streams()).isEqualTo(3000);
        assertThat(report(20).lost()).isZero();
        assertThat(report(20).whole().intervals()).isEqualTo(3000);
    }

    @Test
    void aMissingNumberIsLostAlsoAcrossTheWrap() {
        hear(4000, 1, 65_534, 0);
        hear(4000, 1, 65_535, 20);
        hear(4000, 1, 1, 60);

        assertThat(report(60).lost()).isEqualTo(1);
        assertThat(report(60).whole().longestIntervalMillis()).isEqualTo(40);
    }

    @Test
    void aPacketThatIsOvertakenIsNotLost() {
        hear(4000, 1, 10, 0);
        hear(4000, 1, 12, 20);
        hear(4000, 1, 11, 21);

        assertThat(report(21).lost()).isZero();
        assertThat(report(21).outOfOrder()).isEqualTo(1);
    }

    @Test
    void pacingIsTheDistanceFromTwentyMilliseconds() {
        long[] arrivals = {0, 20, 41, 60, 80};
        for (int i = 0; i < arrivals.length; i++) hear(4000, 1, i, arrivals[i]);

        Pacing pacing = report(80).whole();
        assertThat(pacing.intervals()).isEqualTo(4);
        assertThat(pacing.p50Millis()).isCloseTo(0, within(0.01));
        assertThat(pacing.p99Millis()).isCloseTo(1, within(0.01));
        assertThat(pacing.longestIntervalMillis()).isEqualTo(21);
    }

    @Test
    void theSteadyTimeIsFromTheLastStreamsBeginningToTheFirstEndOfACall() {
        hear(4000, 1, 0, 0);
        hear(4000, 1, 1, 35);
        hear(4002, 2, 0, 40);
        hear(4000, 1, 2, 56);
        streams.callEnded(1000 * MILLI);
        hear(4000, 1, 3, 1100);
        streams.callEnded(2000 * MILLI);

        CountReport report = report(3000);
        assertThat(report.steadySeconds()).isEqualTo(0.96);
        assertThat(report.steady().intervals()).isEqualTo(1);
        assertThat(report.steady().longestIntervalMillis()).isEqualTo(21);
        assertThat(report.whole().longestIntervalMillis()).isEqualTo(1044);
    }

    @Test
    void whatIsNoRtpIsAStray() {
        streams.hear(ByteBuffer.wrap(new byte[] {1, 2, 3}), 4000, 0, true);
        streams.hear(ByteBuffer.wrap(new byte[20]), 4000, 0, true);

        assertThat(report(0).strays()).isEqualTo(2);
        assertThat(report(0).streams()).isZero();
    }

    private void hear(int port, int ssrc, int sequence, long millis) {
        var packet = new RtpPacket(0, false, sequence, 160L * sequence, ssrc, new byte[160]);
        streams.hear(ByteBuffer.wrap(packet.toBytes()), port, millis * MILLI, true);
    }

    private CountReport report(long millis) {
        return streams.report(0, 0, 0, 0, millis * MILLI);
    }
}
