package dev.outdial.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RtpSourceTest {
    private static RtpSource beginningAt(long index) {
        var source = new RtpSource(index);
        source.add(index);
        return source;
    }

    @Test
    void aNumberStandsForTheNearestPacket() {
        var source = beginningAt(RtpSource.index(7, 40_000));
        assertThat(source.index(40_001)).isEqualTo(RtpSource.index(7, 40_001));
        assertThat(source.index(39_999)).isEqualTo(RtpSource.index(7, 39_999));
        assertThat(source.index(5)).isEqualTo(RtpSource.index(8, 5));
        source.add(RtpSource.index(8, 5));
        assertThat(source.index(65_535)).isEqualTo(RtpSource.index(7, 65_535));
        assertThat(source.rollovers()).isEqualTo(8);
    }

    @Test
    void beforeTheFirstPacketOfAKeyThereIsNone() {
        var source = beginningAt(5);
        assertThat(source.index(65_530)).isNegative();
        assertThat(source.isNew(source.index(65_530))).isFalse();
        assertThat(source.isNew(source.index(4))).isTrue();
    }

    @Test
    void afterTheLastPacketOfAKeyThereIsNone() {
        var source = beginningAt((1L << 48) - 2);
        assertThat(source.isNew(source.index(0xFFFF))).isTrue();
        assertThat(RtpSource.rollovers(source.index(0xFFFF))).isEqualTo(-1);
        assertThat(source.isNew(source.index(0))).isFalse();
    }
}
