package dev.outdial.testbed.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.testbed.link.ImpairedLink;
import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.rtp.RtpPacket;
import dev.outdial.testbed.rtp.TelephoneEvent;
import dev.outdial.testbed.sound.Tones;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamProbeTest {
    private static final long FRAME = 20_000_000;

    private static RtpPacket packet(int n) {
        return new RtpPacket(0, n == 0, 65_530 + n, 1000 + 160L * n, 5, new byte[160]);
    }

    private static StreamReport through(ImpairedLink<RtpPacket> link, int packets) {
        var probe = new StreamProbe();
        for (int n = 0; n < packets + 50; n++) {
            long now = n * FRAME;
            if (n < packets) link.send(packet(n), now);
            link.take(now).forEach(p -> probe.hear(p, now));
        }
        return probe.report();
    }

    @Test
    void aCleanStreamIsClean() {
        var report = through(ImpairedLink.seed(1), 100);

        assertThat(report.isClean()).isTrue();
        assertThat(report.packetCount()).isEqualTo(100);
        assertThat(report.timestampSteps()).isEqualTo(Map.of(160L, 99L));
        assertThat(report.markerCount()).isEqualTo(1);
        assertThat(report.jitterMillis()).isZero();
        assertThat(report.longestIntervalMillis()).isEqualTo(20);
    }

    @Test
    void lostDoubledAndOvertakenPacketsAreCounted() {
        var link = ImpairedLink.<RtpPacket>seed(1)
                .dropping(p -> p.sequence() == 10 || p.sequence() == 11)
                .doubling(p -> p.sequence() == 20)
                .delaying(p -> p.sequence() == 30, Duration.ofMillis(40));

        var report = through(link, 100);

        assertThat(report.lostCount()).isEqualTo(2);
        assertThat(report.duplicateCount()).isEqualTo(1);
        assertThat(report.outOfOrderCount()).isEqualTo(1);
        assertThat(report.longestIntervalMillis()).isEqualTo(60);
        assertThat(report.timestampSteps()).containsOnlyKeys(160L);
    }

    @Test
    void aTimestampThatJumpsAndASecondSourceAreSeen() {
        var probe = new StreamProbe();
        for (int n = 0; n < 10; n++) {
            probe.hear(new RtpPacket(0, false, n, n < 5 ? 160 * n : 160 * n + 80, 1, new byte[160]), n * FRAME);
        }
        probe.hear(new RtpPacket(0, false, 10, 0, 2, new byte[160]), 10 * FRAME);

        assertThat(probe.report().timestampSteps()).isEqualTo(Map.of(160L, 8L, 240L, 1L));
        assertThat(probe.report().ssrcs()).containsExactly(1L, 2L);
    }

    @Test
    void jitterFollowsTheFormula() {
        // Every other packet 5 ms late: |D| is 5 ms each time, so that jitter comes near 5 ms.
        var probe = new StreamProbe();
        for (int n = 0; n < 500; n++) probe.hear(packet(n), n * FRAME + n % 2 * 5_000_000L);

        assertThat(probe.report().jitterMillis()).isCloseTo(5, within(0.2));
    }

    @Test
    void aKeyIsHeardOnceWhateverIsLostOrDoubled() {
        var digits = new DigitProbe(101);
        long timestamp = 4000;
        for (int i : new int[] {2, 2, 3, 1}) {
            digits.hear(event(i, timestamp, 7, i * 160, i == 3), i * FRAME);
        }
        digits.hear(event(9, timestamp + 1600, 7, 160, false), 9 * FRAME);

        assertThat(digits.digits()).isEqualTo("77");
        assertThat(digits.heard().getFirst().durationMillis()).isEqualTo(60);
        assertThat(digits.heard().getFirst().ended()).isTrue();
        assertThat(digits.heard().getLast().ended()).isFalse();
    }

    private static RtpPacket event(int sequence, long timestamp, int event, int duration, boolean end) {
        return new RtpPacket(
                101, false, sequence, timestamp, 1, new TelephoneEvent(event, end, 10, duration).toBytes());
    }

    @Test
    void tonesAreFoundWithTheirTimesAndLevels() {
        var pcm = new short[8000];
        System.arraycopy(new Tones(0.5, 440).samples(200), 0, pcm, 2400, 1600);

        var tones = ToneProbe.hertz(440, 1000).tones(pcm);

        assertThat(tones).hasSize(1);
        assertThat(tones.getFirst().hertz()).isEqualTo(440);
        assertThat(tones.getFirst().startMillis()).isEqualTo(300);
        assertThat(tones.getFirst().endMillis()).isEqualTo(500);
        // Half of full scale, a sine: -6 - 3 dB.
        assertThat(tones.getFirst().levelDbov()).isCloseTo(-9.03, within(0.5));
    }

    @Test
    void soundIsPlacedByTimestampAndWhatDidNotComeIsSilence() {
        var probe = new SoundProbe(10);
        var loud = new byte[160];
        Arrays.fill(loud, (byte) 0x00);
        long start = 0xFFFF_FFB0L;
        for (int n : new int[] {0, 2, 1, 4, 4}) probe.hear(new RtpPacket(0, false, n, start + 160L * n, 1, loud));

        var pcm = probe.pcm();

        assertThat(pcm).hasSize(800);
        for (int frame = 0; frame < 5; frame++) {
            short expected = frame == 3 ? 0 : G711.MU_LAW.decode((byte) 0);
            assertThat(pcm[frame * 160 + 80]).as("frame %d", frame).isEqualTo(expected);
        }
    }

    @Test
    void soundBeyondTheLimitIsIgnored() {
        var probe = new SoundProbe(1);
        for (int n = 0; n < 100; n++) probe.hear(packet(n));

        assertThat(probe.pcm()).hasSize(8000);
    }
}
