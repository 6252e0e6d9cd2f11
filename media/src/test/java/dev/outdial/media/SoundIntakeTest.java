package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SilentFrames;
import dev.outdial.media.codec.SoundEncoder;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoundIntakeTest {
    /** What was given, in a word: codec, number, place of its sound in samples, verdict, length in samples. */
    private final List<String> given = new ArrayList<>();

    private final SoundIntake intake =
            new SoundIntake((codec, number, timestamp, verdict, sound, offset, length, nowNanos) ->
                    given.add(codec + " " + number + " " + timestamp + " " + verdict + " " + codec.samplesFor(length)));

    private static byte[] opus() {
        var encoder = AudioCodec.OPUS.newEncoder(8000);
        var frame = new byte[SoundEncoder.MAX_BYTES];
        return Arrays.copyOf(frame, encoder.encode(new short[160], 0, 160, frame));
    }

    private boolean put(AudioCodec codec, int number, int timestamp, Verdict verdict, boolean wanted, byte... payload) {
        var datagram = ByteBuffer.allocate(12 + payload.length);
        datagram.put((byte) 0x80)
                .put((byte) 96)
                .putShort((short) number)
                .putInt(timestamp)
                .putInt(1);
        datagram.put(payload).flip();
        var packet = new RtpPacket();
        assertThat(packet.parse(datagram)).isTrue();
        return intake.put(codec, packet, verdict, datagram, wanted, 0);
    }

    private boolean put(AudioCodec codec, int number, int timestamp, Verdict verdict) {
        byte[] payload = codec == AudioCodec.OPUS ? opus() : SilentFrames.of(codec, 20);
        return put(codec, number, timestamp, verdict, true, payload);
    }

    @Test
    void whatHasNoStateIsGivenOnAsItIs() {
        put(AudioCodec.PCMU, 7, 1000, Verdict.RESTARTED);
        put(AudioCodec.PCMU, 8, 1160, Verdict.NEW);
        assertThat(given).containsExactly("PCMU 7 1000 RESTARTED 160", "PCMU 8 1160 NEW 160");
    }

    @Test
    void timestampsOfOpusAreASixthAndStayEvenWhereTheyWrap() {
        put(AudioCodec.OPUS, 7, -960, Verdict.RESTARTED);
        put(AudioCodec.OPUS, 8, 0, Verdict.NEW);
        put(AudioCodec.OPUS, 9, 960, Verdict.NEW);
        int first = (int) ((0xFFFF_FFFFL - 959) / 6);
        assertThat(given)
                .containsExactly(
                        "L16 7 " + first + " RESTARTED 160",
                        "L16 8 " + (first + 160) + " NEW 160",
                        "L16 9 " + (first + 320) + " NEW 160");
    }

    @Test
    void onePacketOfOpusTellsOfTheOneBeforeThatWasLost() {
        put(AudioCodec.OPUS, 1, 6000, Verdict.RESTARTED);
        put(AudioCodec.OPUS, 3, 7920, Verdict.NEW);
        assertThat(given).containsExactly("L16 1 1000 RESTARTED 160", "L16 2 1160 LATE 160", "L16 3 1320 NEW 160");
    }

    @Test
    void nothingIsMadeUpForAPauseOrForAKey() {
        put(AudioCodec.OPUS, 1, 6000, Verdict.RESTARTED);
        put(AudioCodec.OPUS, 2, 60_000, Verdict.NEW);
        intake.interrupt();
        put(AudioCodec.OPUS, 5, 62_880, Verdict.NEW);
        assertThat(given).containsExactly("L16 1 1000 RESTARTED 160", "L16 2 10000 NEW 160", "L16 5 10480 NEW 160");
    }

    @Test
    void whatComesAfterALaterOneIsLeftOut() {
        put(AudioCodec.G722, 1, 160, Verdict.RESTARTED);
        put(AudioCodec.G722, 3, 480, Verdict.NEW);
        assertThat(put(AudioCodec.G722, 2, 320, Verdict.LATE)).isTrue();
        assertThat(given).containsExactly("L16 1 160 RESTARTED 160", "L16 3 480 NEW 160");
    }

    @Test
    void anotherClockIsAnotherTime() {
        put(AudioCodec.PCMU, 1, 160, Verdict.RESTARTED);
        put(AudioCodec.OPUS, 2, 960, Verdict.NEW);
        put(AudioCodec.OPUS, 3, 1920, Verdict.NEW);
        put(AudioCodec.G722, 4, 2080, Verdict.NEW);
        put(AudioCodec.PCMA, 5, 2240, Verdict.NEW);
        assertThat(given)
                .containsExactly(
                        "PCMU 1 160 RESTARTED 160",
                        "L16 2 160 RESTARTED 160",
                        "L16 3 320 NEW 160",
                        "L16 4 2080 RESTARTED 160",
                        "PCMA 5 2240 NEW 160");
    }

    @Test
    void nobodyListensNothingIsDecodedAndWhatIsDamagedIsSaid() {
        assertThat(put(AudioCodec.OPUS, 1, 960, Verdict.RESTARTED, false, opus()))
                .isTrue();
        assertThat(put(AudioCodec.OPUS, 2, 1920, Verdict.NEW, true)).isFalse();
        // Three frames of 60 ms.
        assertThat(put(AudioCodec.OPUS, 3, 2880, Verdict.NEW, true, (byte) 0b0001_1011, (byte) 3))
                .isFalse();
        assertThat(given).isEmpty();
    }
}
