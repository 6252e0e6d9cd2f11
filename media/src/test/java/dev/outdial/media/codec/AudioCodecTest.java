package dev.outdial.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AudioCodecTest {
    /** Decision values of ITU-T G.711 table 2a (mu-law, 14 bit scale): 1, 3 .. 31, 35 .. 95, 103 .. and so on. */
    private static List<Integer> muLawDecisions() {
        var values = new ArrayList<Integer>(List.of(0, 1));
        int step = 2;
        while (values.size() < 128) {
            for (int i = 0; i < (step == 2 ? 15 : 16) && values.size() < 128; i++) values.add(values.getLast() + step);
            step *= 2;
        }
        return values;
    }

    /** Decision values of ITU-T G.711 table 1a (A-law, 13 bit scale): steps of 2 up to 64, then doubling every 16. */
    private static List<Integer> aLawDecisions() {
        var values = new ArrayList<Integer>(List.of(0));
        for (int step = 2; values.size() < 128; step *= 2)
            for (int i = 0; i < (step == 2 ? 32 : 16); i++) values.add(values.getLast() + step);
        return values.subList(0, 128);
    }

    private static int interval(List<Integer> decisions, int magnitude) {
        int n = 0;
        while (n + 1 < decisions.size() && magnitude >= decisions.get(n + 1)) n++;
        return n;
    }

    @Test
    void everySampleGetsTheMuLawCodeOfItsIntervalInTheRecommendation() {
        var decisions = muLawDecisions();
        for (int sample = -32768; sample <= 32767; sample++) {
            int interval = interval(decisions, (sample < 0 ? ~sample : sample) >> 2);
            int expected = (sample < 0 ? 0x7F : 0xFF) - interval;
            assertThat(G711.muLaw((short) sample) & 0xFF).as("%d", sample).isEqualTo(expected);
        }
    }

    @Test
    void everySampleGetsTheALawCodeOfItsIntervalInTheRecommendation() {
        var decisions = aLawDecisions();
        for (int sample = -32768; sample <= 32767; sample++) {
            int interval = interval(decisions, ((sample < 0 ? ~sample : sample) >> 4) * 2);
            int expected = ((sample < 0 ? 0 : 0x80) + interval) ^ 0x55;
            assertThat(G711.aLaw((short) sample) & 0xFF).as("%d", sample).isEqualTo(expected);
        }
    }

    @Test
    void codesDecodeToTheValuesOfTheRecommendation() {
        assertThat(G711.fromMuLaw((byte) 0xFF)).isEqualTo((short) 0);
        assertThat(G711.fromMuLaw((byte) 0x80)).isEqualTo((short) (8031 * 4));
        assertThat(G711.fromMuLaw((byte) 0x00)).isEqualTo((short) (-8031 * 4));
        assertThat(G711.fromMuLaw((byte) 0xEF)).isEqualTo((short) (33 * 4));
        assertThat(G711.fromALaw((byte) 0xD5)).isEqualTo((short) 8);
        assertThat(G711.fromALaw((byte) 0x55)).isEqualTo((short) -8);
        assertThat(G711.fromALaw((byte) 0xAA)).isEqualTo((short) (4032 * 8));
        assertThat(G711.fromALaw((byte) 0x2A)).isEqualTo((short) (-4032 * 8));
    }

    @ParameterizedTest
    @EnumSource(names = {"PCMU", "PCMA", "L16"})
    void everyCodeSurvivesDecodingAndEncoding(AudioCodec codec) {
        var codes = ByteBuffer.allocate(codec.bytesFor(256));
        for (int i = 0; i < codes.capacity(); i++) codes.put((byte) i);
        short[] samples = new short[260];
        assertThat(codec.decode(codes, 0, codes.capacity(), samples, 2)).isEqualTo(256);
        var again = ByteBuffer.allocate(codes.capacity());
        codec.encode(samples, 2, 256, again);
        // Mu-law has a code for minus zero, which decodes to the same value as zero.
        if (codec == AudioCodec.PCMU) codes.put(0x7F, (byte) 0xFF);
        assertThat(again.array()).isEqualTo(codes.array());
    }

    @Test
    void linearSamplesGoMostSignificantByteFirst() {
        var bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        AudioCodec.L16.encode(new short[] {0x1234, -2}, 0, 2, bytes);
        assertThat(bytes.array()).containsExactly(0x12, 0x34, 0xFF, 0xFE);
    }

    @ParameterizedTest
    @EnumSource(names = {"PCMU", "PCMA", "L16"})
    void silenceIsTheCodeOfZero(AudioCodec codec) {
        var code = ByteBuffer.allocate(codec.bytesFor(1));
        codec.encode(new short[1], 0, 1, code);
        assertThat(code.array()).containsOnly(codec.silence());
    }
}
