package dev.outdial.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * G.711 to the bit, all 256 codes and all 65,536 samples of both laws, against two other computations: the shifts and loops of the ITU's
 * own software tools (G.191, module G.711), written out here, and the testbed's, which shares nothing with ours.
 */
class G711BitExactTest {
    @Test
    void everyCodeDecodesAsInTheToolsOfTheItu() {
        for (int code = 0; code < 256; code++) {
            assertThat(G711.fromMuLaw((byte) code)).as("mu-law %d", code).isEqualTo((short) expandMuLaw(code));
            assertThat(G711.fromALaw((byte) code)).as("A-law %d", code).isEqualTo((short) expandALaw(code));
        }
    }

    @Test
    void everySampleEncodesAsInTheToolsOfTheItu() {
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            assertThat(G711.muLaw((short) sample) & 0xFF)
                    .as("mu-law %d", sample)
                    .isEqualTo(compressMuLaw(sample));
            assertThat(G711.aLaw((short) sample) & 0xFF).as("A-law %d", sample).isEqualTo(compressALaw(sample));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTestbedHearsTheSameSamples(dev.outdial.testbed.rtp.G711 theirs) {
        AudioCodec ours = codec(theirs);
        var codes = new byte[256];
        for (int code = 0; code < 256; code++) codes[code] = (byte) code;
        var samples = new short[256];
        ours.decode(ByteBuffer.wrap(codes), 0, 256, samples, 0);
        assertThat(samples).isEqualTo(theirs.decode(codes));
    }

    private static AudioCodec codec(dev.outdial.testbed.rtp.G711 theirs) {
        return switch (theirs) {
            case MU_LAW -> AudioCodec.PCMU;
            case A_LAW -> AudioCodec.PCMA;
        };
    }

    private static int compressMuLaw(int sample) {
        int size = Math.min(((sample < 0 ? ~sample : sample) >> 2) + 33, 0x1FFF);
        int segment = 1;
        for (int rest = size >> 6; rest != 0; rest >>= 1) segment++;
        int code = (8 - segment) << 4 | 15 - (size >> segment & 15);
        return sample >= 0 ? code | 0x80 : code;
    }

    private static int expandMuLaw(int code) {
        int exponent = ~code >> 4 & 7;
        int step = 4 << (exponent + 1);
        int size = (0x80 << exponent) + step * (~code & 15) + step / 2 - 4 * 33;
        return code < 0x80 ? -size : size;
    }

    private static int compressALaw(int sample) {
        int code = (sample < 0 ? ~sample : sample) >> 4;
        if (code > 15) {
            int exponent = 1;
            for (; code > 31; code >>= 1) exponent++;
            code = code - 16 + (exponent << 4);
        }
        return (sample >= 0 ? code | 0x80 : code) ^ 0x55;
    }

    private static int expandALaw(int code) {
        int bits = (code ^ 0x55) & 0x7F;
        int exponent = bits >> 4;
        int mantissa = (bits & 15) + (exponent > 0 ? 16 : 0);
        int size = (mantissa << 4) + 8;
        if (exponent > 1) size <<= exponent - 1;
        return code > 0x7F ? size : -size;
    }
}
