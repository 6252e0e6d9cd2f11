package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.G711;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampledLevelTest {
    private final SampledLevel level = new SampledLevel();

    /** A packet of 20 ms that begins with 12 bytes of something else. */
    private static ByteBuffer packet(boolean muLaw, int number, double hertz, double amplitude) {
        ByteBuffer packet = ByteBuffer.allocate(172);
        for (int i = 0; i < 160; i++) {
            double phase = 2 * Math.PI * hertz * (number * 160 + i) / 8000;
            short sample = (short) Math.round(amplitude * Math.sin(phase));
            packet.put(12 + i, muLaw ? G711.muLaw(sample) : G711.aLaw(sample));
        }
        return packet;
    }

    @Test
    void aSecondOfAToneIsAsLoudAsItIs() {
        for (double hertz : new double[] {300, 440, 1000, 1004, 2000, 3000}) {
            // A sine of half the full scale: 6 dB below it, and 3 since it is a sine.
            for (int i = 0; i < 50; i++) level.put(AudioCodec.PCMU, packet(true, i, hertz, 16384), 12, 160);
            assertThat(level.takeDbov()).as(hertz + " Hz").isCloseTo(-9, within(0.5));
            for (int i = 0; i < 50; i++) level.put(AudioCodec.PCMA, packet(false, i, hertz, 164), 12, 160);
            assertThat(level.takeDbov()).as(hertz + " Hz").isCloseTo(-49, within(0.7));
        }
    }

    @Test
    void aSecondOfNoiseToo() {
        var random = new Random(7);
        ByteBuffer packet = ByteBuffer.allocate(172);
        for (int i = 0; i < 50; i++) {
            for (int at = 12; at < 172; at++) packet.put(at, G711.muLaw((short) (random.nextGaussian() * 1000)));
            level.put(AudioCodec.PCMU, packet, 12, 160);
        }
        assertThat(level.takeDbov()).isCloseTo(20 * Math.log10(1000 / 32768.0), within(1.0));
    }

    @Test
    void silenceIsTheQuietestAndNothingIsNotKnown() {
        ByteBuffer silence = ByteBuffer.allocate(160);
        for (int at = 0; at < 160; at++) silence.put(at, G711.muLaw((short) 0));
        level.put(AudioCodec.PCMU, silence, 0, 160);
        assertThat(level.takeDbov()).isEqualTo(-127);
        assertThat(level.takeDbov()).isNaN();
        level.put(AudioCodec.G722, silence, 0, 160);
        level.put(AudioCodec.PCMU, silence, 0, 0);
        assertThat(level.takeDbov()).isNaN();
    }
}
