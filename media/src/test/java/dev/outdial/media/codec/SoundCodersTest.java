package dev.outdial.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SoundCodersTest {
    private static final int SECONDS = 3;
    private static final int NARROW = 8000 * SECONDS;

    /** A second's worth of telephone sound in packets of a codec, by an encoder for that rate. */
    private static byte[][] packets(AudioCodec codec, int sampleRate, int ptimeMillis, short[] sound) {
        var encoder = codec.newEncoder(sampleRate);
        int frame = sampleRate / 1000 * ptimeMillis;
        var packets = new byte[sound.length / frame][];
        var target = new byte[SoundEncoder.MAX_BYTES];
        for (int i = 0; i < packets.length; i++)
            packets[i] = Arrays.copyOf(target, encoder.encode(sound, i * frame, frame, target));
        return packets;
    }

    private static short[] heard(SoundDecoder decoder, byte[]... packets) {
        var all = new short[packets.length * SoundDecoder.MAX_SAMPLES];
        var target = new short[SoundDecoder.MAX_SAMPLES];
        int at = 0;
        for (byte[] packet : packets) {
            int count = decoder.decode(ByteBuffer.wrap(packet), 0, packet.length, target);
            System.arraycopy(target, 0, all, at, count);
            at += count;
        }
        return Arrays.copyOf(all, at);
    }

    @ParameterizedTest
    @CsvSource({
        "G722,8000,20",
        "G722,16000,20",
        "G722,8000,33",
        "G722,16000,10",
        "OPUS,8000,20",
        "OPUS,16000,20",
        "OPUS,8000,10",
        "OPUS,16000,40"
    })
    void speechOfTheTelephoneComesBackAlikeAndALittleLater(AudioCodec codec, int sampleRate, int ptimeMillis) {
        short[] narrow = Sounds.speech(8000, NARROW, 11, 0);
        short[] sound = narrow;
        if (sampleRate == 16_000) {
            sound = new short[2 * NARROW];
            var up = new HalfBand();
            for (int at = 0; at < NARROW; at += 800) up.twice(narrow, at, 800, sound, 2 * at);
        }
        byte[][] packets = packets(codec, sampleRate, ptimeMillis, sound);
        short[] heard = heard(codec.newDecoder(), packets);
        int length = packets.length * AudioCodec.samplesIn(ptimeMillis);
        assertThat(heard).hasSize(length);
        int delay = Sounds.delay(narrow, heard, 200, 1000, length - 400);
        double likeness = Sounds.correlation(narrow, heard, delay, 1000, length - 400);
        int bytes = Arrays.stream(packets).mapToInt(packet -> packet.length).sum();
        System.out.printf(
                "%s at %d, %d ms: %.1f ms later, likeness %.4f, %.1f kbit/s%n",
                codec, sampleRate, ptimeMillis, delay / 8.0, likeness, bytes * 8.0 / packets.length / ptimeMillis);
        assertThat(delay).isLessThan(10 * 8);
        assertThat(likeness).isGreaterThan(codec == AudioCodec.G722 ? 0.999 : 0.85);
        assertThat(Arrays.stream(packets))
                .allMatch(packet -> AudioCodec.samplesIn(ptimeMillis)
                        == codec.samplesIn(ByteBuffer.wrap(packet), 0, packet.length));
    }

    @Test
    void opusTakesNoMoreBitsThanItIsMeantTo() {
        byte[][] packets = packets(AudioCodec.OPUS, 16_000, 20, Sounds.speech(16_000, 16_000 * SECONDS, 3, 600));
        int bytes = Arrays.stream(packets).mapToInt(packet -> packet.length).sum();
        assertThat(bytes * 8 / SECONDS).isBetween(8000, 28_000);
    }

    @ParameterizedTest
    @CsvSource({"G722,20", "G722,30", "OPUS,10", "OPUS,20", "OPUS,40", "PCMU,20"})
    void aPacketOfSilenceCanFollowItselfForEver(AudioCodec codec, int ptimeMillis) {
        byte[] silence = SilentFrames.of(codec, ptimeMillis);
        assertThat(codec.samplesIn(ByteBuffer.wrap(silence), 0, silence.length))
                .isEqualTo(AudioCodec.samplesIn(ptimeMillis));
        if (!codec.hasState()) return;
        byte[][] packets = new byte[200][];
        Arrays.fill(packets, silence);
        for (short sample : heard(codec.newDecoder(), packets))
            assertThat(Math.abs(sample)).isLessThan((short) 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"G722", "OPUS"})
    void afterSoundThatStopsShortSilenceIsSilentWithinTenthsOfASecond(AudioCodec codec) {
        byte[][] loud = packets(codec, 8000, 20, Sounds.tone(440, 8000, 8000, 12_000));
        byte[][] packets = Arrays.copyOf(loud, 100);
        Arrays.fill(packets, 50, 100, SilentFrames.of(codec, 20));
        short[] heard = heard(codec.newDecoder(), packets);
        System.out.printf(
                "%s after a tone: %.0f %.0f %.0f %.0f %.0f dB%n",
                codec,
                Sounds.levelDb(heard, 8000, 8160),
                Sounds.levelDb(heard, 8160, 8320),
                Sounds.levelDb(heard, 8320, 8480),
                Sounds.levelDb(heard, 8480, 8640),
                Sounds.levelDb(heard, 8960, 9120));
        assertThat(Sounds.levelDb(heard, 7000, 8000)).isGreaterThan(-12);
        assertThat(Sounds.levelDb(heard, 8000 + 800, 16_000)).isLessThan(-55);
    }

    @ParameterizedTest
    @EnumSource(names = {"G722", "OPUS"})
    void afterAResetAnEncoderMakesTheSameAsANewOne(AudioCodec codec) {
        short[] sound = Sounds.speech(8000, 1600, 5, 600);
        var encoder = codec.newEncoder(8000);
        var first = new byte[SoundEncoder.MAX_BYTES];
        var again = new byte[SoundEncoder.MAX_BYTES];
        int length = encoder.encode(sound, 0, 160, first);
        for (int i = 1; i < 10; i++) encoder.encode(sound, i * 160, 160, again);
        encoder.reset();
        Arrays.fill(again, (byte) 0);
        assertThat(encoder.encode(sound, 0, 160, again)).isEqualTo(length);
        assertThat(again).startsWith(Arrays.copyOf(first, length));
    }

    @Test
    void opusMakesUpWhatOnePacketTellsOfTheOneBefore() {
        byte[][] packets = packets(AudioCodec.OPUS, 16_000, 20, Sounds.tone(300, 16_000, 16_000, 8000));
        var decoder = AudioCodec.OPUS.newDecoder();
        heard(decoder, Arrays.copyOf(packets, 20));
        var lost = new short[SoundDecoder.MAX_SAMPLES];
        assertThat(decoder.recover(ByteBuffer.wrap(packets[21]), 0, packets[21].length, lost))
                .isEqualTo(160);
        assertThat(Sounds.levelDb(lost, 0, 160)).isGreaterThan(-30);
        assertThat(heard(decoder, packets[21])).hasSize(160);
    }

    @Test
    void g722KnowsNothingOfWhatWasLost() {
        var target = new short[SoundDecoder.MAX_SAMPLES];
        assertThat(AudioCodec.G722.newDecoder().recover(ByteBuffer.allocate(160), 0, 160, target))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"G722", "OPUS"})
    void garbageIsDecodedOrLeftOutAndWhatFollowsItIsHeard(AudioCodec codec) {
        var random = new Random(1);
        var decoder = codec.newDecoder();
        var target = new short[SoundDecoder.MAX_SAMPLES];
        for (int i = 0; i < 2000; i++) {
            var garbage = new byte[random.nextInt(i % 10 == 0 ? 1500 : 80)];
            random.nextBytes(garbage);
            var payload = ByteBuffer.wrap(garbage);
            int expected = codec.samplesIn(payload, 0, garbage.length);
            assertThat(decoder.decode(payload, 0, garbage.length, target)).isIn(0, expected);
            assertThat(decoder.recover(payload, 0, garbage.length, target)).isBetween(0, SoundDecoder.MAX_SAMPLES);
        }
        byte[][] packets = packets(codec, 8000, 20, Sounds.tone(440, 8000, 16_000, 8000));
        short[] heard = heard(decoder, packets);
        assertThat(Sounds.levelDb(heard, 8000, 16_000)).isBetween(-14.0, -11.0);
    }

    @Test
    void whatCannotBeAPacketHasNoLength() {
        assertThat(AudioCodec.OPUS.samplesIn(ByteBuffer.allocate(0), 0, 0)).isZero();
        // Three frames of 60 ms.
        assertThat(AudioCodec.OPUS.samplesIn(ByteBuffer.wrap(new byte[] {0b0001_1011, 3}), 0, 2))
                .isZero();
        assertThat(AudioCodec.OPUS.samplesIn(ByteBuffer.wrap(new byte[] {0b0001_1011, 2}), 0, 2))
                .isEqualTo(960);
        // 20 ms of CELT, twice; 2.5 ms of it.
        assertThat(AudioCodec.OPUS.samplesIn(ByteBuffer.wrap(new byte[] {(byte) 0b1001_1001}), 0, 1))
                .isEqualTo(320);
        assertThat(AudioCodec.OPUS.samplesIn(ByteBuffer.wrap(new byte[] {(byte) 0b1000_0000}), 0, 1))
                .isEqualTo(20);
        assertThat(AudioCodec.OPUS.samplesIn(ByteBuffer.wrap(new byte[] {0b0001_1011}), 0, 1))
                .isZero();
    }

    @Test
    void aCodecWithStateIsNotCutAndOneWithoutIsNotMadeByAnEncoder() {
        assertThatThrownBy(() -> AudioCodec.OPUS.bytesFor(160)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> AudioCodec.G722.encode(new short[1], 0, 1, ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> AudioCodec.PCMU.newEncoder(8000)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(AudioCodec.PCMA::newDecoder).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> AudioCodec.OPUS.newEncoder(44_100)).isInstanceOf(IllegalArgumentException.class);
    }
}
