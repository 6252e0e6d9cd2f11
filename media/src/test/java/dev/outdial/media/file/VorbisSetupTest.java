package dev.outdial.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class VorbisSetupTest {
    private final BitSet bits = new BitSet();
    private int length;

    private VorbisSetupTest put(int count, long value) {
        for (int i = 0; i < count; i++) bits.set(length++, (value >> i & 1) == 1);
        return this;
    }

    private byte[] packet() {
        put(64, 0);
        byte[] packet = new byte[length / 8];
        byte[] set = bits.toByteArray();
        System.arraycopy(set, 0, packet, 0, set.length);
        return packet;
    }

    /** One codebook in order of length, no lookup; one floor without partitions; one residue. */
    private static byte[] setup(int dimensions, int entries, int classifications) {
        int bitsOfCount = 32 - Integer.numberOfLeadingZeros(entries);
        var setup = new VorbisSetupTest().put(8, 5);
        for (char c : "vorbis".toCharArray()) setup.put(8, c);
        setup.put(8, 0).put(24, 0x564342).put(16, dimensions).put(24, entries);
        setup.put(1, 1).put(5, 3).put(bitsOfCount, entries).put(4, 0);
        setup.put(6, 0).put(16, 0).put(6, 0).put(16, 1).put(5, 0).put(2, 0).put(4, 0);
        setup.put(6, 0).put(16, 2).put(72, 0).put(6, classifications - 1).put(8, 0);
        for (int i = 0; i < classifications; i++) setup.put(4, 0);
        return setup.packet();
    }

    @Test
    void tablesThatAFewBytesWouldMakeHugeAreRefused() {
        assertThat(VorbisSetup.isSane(setup(2, 64, 8))).isTrue();
        // 64 to the power of 4: a table of 16 million rows in the decoder.
        assertThat(VorbisSetup.isSane(setup(4, 64, 64))).isFalse();
        assertThat(VorbisSetup.isSane(setup(2, 63, 8))).isFalse();
        assertThat(VorbisSetup.isSane(setup(0, 64, 1))).isFalse();
        assertThat(VorbisSetup.isSane(setup(65_535, 65_535, 1))).isFalse();
        assertThat(VorbisSetup.isSane(setup(1, 1 << 17, 1))).isFalse();
    }
}
