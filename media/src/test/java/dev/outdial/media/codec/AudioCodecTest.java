package dev.outdial.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

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
            assertThat(AudioCodec.PCMU.encode((short) sample) & 0xFF)
                    .as("%d", sample)
                    .isEqualTo(expected);
        }
    }

    @Test
    void everySampleGetsTheALawCodeOfItsIntervalInTheRecommendation() {
        var decisions = aLawDecisions();
        for (int sample = -32768; sample <= 32767; sample++) {
            int interval = interval(decisions, ((sample < 0 ? ~sample : sample) >> 4) * 2);
            int expected = ((sample < 0 ? 0 : 0x80) + interval) ^ 0x55;
            assertThat(AudioCodec.PCMA.encode((short) sample) & 0xFF)
                    .as("%d", sample)
                    .isEqualTo(expected);
        }
    }

    @Test
    void codesDecodeToTheValuesOfTheRecommendation() {
        assertThat(AudioCodec.PCMU.decode((byte) 0xFF)).isEqualTo((short) 0);
        assertThat(AudioCodec.PCMU.decode((byte) 0x80)).isEqualTo((short) (8031 * 4));
        assertThat(AudioCodec.PCMU.decode((byte) 0x00)).isEqualTo((short) (-8031 * 4));
        assertThat(AudioCodec.PCMU.decode((byte) 0xEF)).isEqualTo((short) (33 * 4));
        assertThat(AudioCodec.PCMA.decode((byte) 0xD5)).isEqualTo((short) 8);
        assertThat(AudioCodec.PCMA.decode((byte) 0x55)).isEqualTo((short) -8);
        assertThat(AudioCodec.PCMA.decode((byte) 0xAA)).isEqualTo((short) (4032 * 8));
        assertThat(AudioCodec.PCMA.decode((byte) 0x2A)).isEqualTo((short) (-4032 * 8));
    }

    @ParameterizedTest
    @EnumSource
    void aCodeSurvivesDecodingAndEncoding(AudioCodec codec) {
        for (int code = 0; code < 256; code++) {
            // Mu-law has a code for minus zero, which decodes to the same value as zero.
            int expected = codec == AudioCodec.PCMU && code == 0x7F ? 0xFF : code;
            assertThat(codec.encode(codec.decode((byte) code)) & 0xFF).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void silenceIsTheCodeOfZero(AudioCodec codec) {
        assertThat(codec.encode((short) 0)).isEqualTo(codec.silence());
    }
}
