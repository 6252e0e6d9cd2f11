package dev.outdial.testbed.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.outdial.testbed.probe.DigitProbe;
import dev.outdial.testbed.probe.SoundProbe;
import dev.outdial.testbed.probe.StreamProbe;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.rtp.RtcpPacket.Goodbye;
import dev.outdial.testbed.rtp.RtcpPacket.ReceiverReport;
import dev.outdial.testbed.rtp.RtcpPacket.ReportBlock;
import dev.outdial.testbed.rtp.RtcpPacket.SenderReport;
import dev.outdial.testbed.rtp.RtcpPacket.SourceDescription;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RtpTest {
    private static final long FRAME = 20_000_000;

    @Test
    void g711DecodesTheValuesOfTheStandard() {
        assertThat(G711.MU_LAW.decode((byte) 0xFF)).isZero();
        assertThat(G711.MU_LAW.decode((byte) 0x00)).isEqualTo((short) -32124);
        assertThat(G711.MU_LAW.decode((byte) 0x80)).isEqualTo((short) 32124);
        assertThat(G711.MU_LAW.decode((byte) 0xFE)).isEqualTo((short) 8);
        assertThat(G711.A_LAW.decode((byte) 0xD5)).isEqualTo((short) 8);
        assertThat(G711.A_LAW.decode((byte) 0x55)).isEqualTo((short) -8);
        assertThat(G711.A_LAW.decode((byte) 0xAA)).isEqualTo((short) 32256);
        assertThat(G711.A_LAW.decode((byte) 0x2A)).isEqualTo((short) -32256);
    }

    @Test
    void g711EncodesToTheNearestValueAndEveryOctetBackToItself() {
        for (var law : G711.values()) {
            assertThat(law.encode((short) 0)).isEqualTo(law.silence());
            for (int octet = 0; octet < 256; octet++) {
                short value = law.decode((byte) octet);
                assertThat(law.decode(law.encode(value))).isEqualTo(value);
            }
            for (int s = Short.MIN_VALUE; s <= Short.MAX_VALUE; s += 7) {
                int nearest = Integer.MAX_VALUE;
                for (int octet = 0; octet < 256; octet++) {
                    nearest = Math.min(nearest, Math.abs(law.decode((byte) octet) - s));
                }
                int got = Math.abs(law.decode(law.encode((short) s)) - s);
                if (got != nearest) assertThat(got).as("%s %d", law, s).isEqualTo(nearest);
            }
        }
    }

    @Test
    void anRtpPacketSurvivesTheWireAndExtensionsAndPaddingAreStripped() {
        var packet = new RtpPacket(8, true, 65_535, 0xFFFF_FFFFL, 0x8000_0001L, new byte[] {1, 2, 3});
        assertThat(RtpPacket.parse(packet.toBytes()).orElseThrow()).hasToString(packet.toString());

        // version 2, padding, extension, one contributing source; extension of one word; payload 7; padding of 3
        byte[] bytes = {(byte) 0xB1, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 1, 9, 9, 9, 9, 7, 0, 0, 3};
        assertThat(RtpPacket.parse(bytes).orElseThrow().payload()).containsExactly(7);
        bytes[27] = 5;
        assertThat(RtpPacket.parse(bytes)).isEmpty();
    }

    @Test
    void anRtcpCompoundSurvivesTheWire() {
        var block = new ReportBlock(0xFFFF_FFFFL, 255, -3, 70_000, 5, 6, 7);
        List<RtcpPacket> compound = List.of(
                new SenderReport(1, -2, 3, 4, 5, List.of(block)),
                new ReceiverReport(9, List.of(block, block)),
                new SourceDescription(1, "me@here"),
                new Goodbye(List.of(1L), "done"));

        assertThat(Rtcp.parse(Rtcp.write(compound))).isEqualTo(compound);
    }

    private static RtpPacer pacer(OptionalInt events) {
        return new RtpPacer(G711.MU_LAW, events, 77, 65_530, 0xFFFF_FF00L, 0);
    }

    @Test
    void thePacerKeepsItsGridAndWrapsItsCounters() {
        var pacer = pacer(OptionalInt.of(101));
        var probe = new StreamProbe();
        for (long now = 0; now < 2_000_000_000L; now = pacer.nextDeadlineNanos() + now % 7_000_000) {
            for (var p : pacer.take(now)) probe.hear(p, now);
        }

        var report = probe.report();
        assertThat(report.isClean()).isTrue();
        assertThat(report.packetCount()).isBetween(99L, 101L);
        assertThat(report.timestampSteps()).containsOnlyKeys(160L);
        assertThat(pacer.nextDeadlineNanos() % FRAME).isZero();
    }

    @Test
    void afterALongPauseTheMissedFramesAreLeftOut() {
        var pacer = pacer(OptionalInt.of(101));
        var before = pacer.take(0).getFirst();

        var after = pacer.take(1_000_000_000L);

        assertThat(after).hasSize(1);
        assertThat(after.getFirst().timestamp() - before.timestamp() & 0xFFFF_FFFFL)
                .isEqualTo(8000);
        assertThat(after.getFirst().sequence()).isEqualTo(before.sequence() + 1);
    }

    @Test
    void pressedKeysAreEventsWithThreeEndsOrTonesWhereTheCallerHasNoEvents() {
        var events = pacer(OptionalInt.of(96));
        var digits = new DigitProbe(96);
        events.press("5#");
        int ends = 0;
        for (int i = 0; i < 50; i++) {
            for (var p : events.take(i * FRAME)) {
                digits.hear(p, i * FRAME);
                if (p.payloadType() == 96
                        && TelephoneEvent.parse(p.payload()).orElseThrow().end()) ends++;
            }
        }
        assertThat(digits.digits()).isEqualTo("5#");
        assertThat(digits.heard()).allMatch(d -> d.durationMillis() == 100 && d.ended());
        assertThat(ends).isEqualTo(6);
        assertThat(events.takeSentDigits()).containsExactly('5', '#');

        var tones = pacer(OptionalInt.empty());
        var sound = new SoundProbe(10);
        tones.press("5");
        for (int i = 0; i < 20; i++) tones.take(i * FRAME).forEach(sound::hear);
        assertThat(ToneProbe.keys().tones(sound.pcm()))
                .extracting(ToneProbe.Tone::hertz, ToneProbe.Tone::startMillis, ToneProbe.Tone::endMillis)
                .containsExactly(tuple(770, 0L, 100L), tuple(1336, 0L, 100L));
    }
}
