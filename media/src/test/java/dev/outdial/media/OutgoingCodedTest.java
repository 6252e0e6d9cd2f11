package dev.outdial.media;

import static dev.outdial.media.OutgoingEnd.clip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.MediaEvent.Played;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SilentFrames;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What leaves in codecs that have state. */
class OutgoingCodedTest {
    private static final int WIDE = 16_000;

    private static EncodedClip tone(AudioCodec codec, double hertz, int millis, double amplitude) {
        var samples = new short[WIDE / 1000 * millis];
        for (int i = 0; i < samples.length; i++)
            samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / WIDE));
        return clip(codec, samples);
    }

    private static double amplitude(short[] sound, double hertz, int fromMillis, int toMillis) {
        double real = 0;
        double imaginary = 0;
        for (int i = 8 * fromMillis; i < 8 * toMillis; i++) {
            double angle = 2 * Math.PI * hertz * i / 8000;
            real += sound[i] * Math.cos(angle);
            imaginary += sound[i] * Math.sin(angle);
        }
        return 2 * Math.hypot(real, imaginary) / (8 * (toMillis - fromMillis));
    }

    private static List<ByteBuffer> payloads(OutgoingEnd end) {
        return end.sent().stream()
                .map(packet -> ByteBuffer.wrap(packet.payload()))
                .toList();
    }

    private static List<ByteBuffer> frames(EncodedClip clip) {
        var frames = new ArrayList<ByteBuffer>();
        for (int i = 0; i < clip.frameCount(); i++) {
            var frame = ByteBuffer.allocate(clip.frameByteLength(i));
            clip.copyFrame(i, frame);
            frames.add(frame.flip());
        }
        return frames;
    }

    @ParameterizedTest
    @EnumSource(names = {"G722", "OPUS"})
    void clipsGoOutInTheirOwnFramesOneAfterAnotherWithSilenceAround(AudioCodec codec) {
        var end = new OutgoingEnd(codec, 20);
        EncodedClip first = tone(codec, 440, 90, 8000);
        EncodedClip second = tone(codec, 880, 45, 8000);
        end.runFor(40);
        end.stream.play(1, first, 2, 0);
        end.stream.play(2, second);
        end.runFor(300);
        // 90 ms and what the codec is late by are five frames and a half, 45 ms three.
        assertThat(first.frameCount()).isEqualTo(5);
        assertThat(second.frameCount()).isEqualTo(3);
        assertThat(end.line()).isEqualTo("M..MSSSSSSSSSSSSS..");
        var expected = new ArrayList<>(frames(first));
        expected.addAll(frames(first));
        expected.addAll(frames(second));
        assertThat(payloads(end).subList(2, 15)).isEqualTo(expected);
        assertThat(end.events).containsExactly(new Played(1, 180, true), new Played(2, 45, true));
    }

    @ParameterizedTest
    @EnumSource(names = {"G722", "OPUS"})
    void aMutedClipIsSilentFramesAndGoesOnInTime(AudioCodec codec) {
        var end = new OutgoingEnd(codec, 20);
        EncodedClip clip = tone(codec, 440, 190, 8000);
        end.stream.play(1, clip);
        end.runFor(40);
        end.stream.mute(true);
        end.runFor(60);
        end.stream.mute(false);
        end.runFor(200);
        ByteBuffer silence = ByteBuffer.wrap(SilentFrames.of(codec, 20));
        List<ByteBuffer> sent = payloads(end);
        List<ByteBuffer> frames = frames(clip);
        assertThat(sent.subList(0, 2)).isEqualTo(frames.subList(0, 2));
        assertThat(sent.subList(2, 5)).allMatch(silence::equals);
        assertThat(sent.subList(5, 10)).isEqualTo(frames.subList(5, 10));
        assertThat(end.events).containsExactly(new Played(1, 190, true));
    }

    @ParameterizedTest
    @EnumSource(names = {"G722", "OPUS"})
    void timestampsStepByTheCodecsClockThroughEverything(AudioCodec codec) {
        var end = new OutgoingEnd(codec, 20);
        end.stream.play(1, tone(codec, 440, 100, 8000));
        end.stream.sendDigits(2, "1");
        end.runFor(600);
        int step = codec == AudioCodec.OPUS ? 960 : 160;
        List<RtpPacket> sent = end.sent();
        for (int i = 1; i < sent.size(); i++) {
            assertThat(sent.get(i).sequence() - sent.get(i - 1).sequence() & 0xFFFF)
                    .isOne();
            if (sent.get(i).payloadType() == codec.payloadType())
                assertThat((int) (sent.get(i).timestamp() - sent.get(0).timestamp()))
                        .isEqualTo(step * i);
        }
        // The duration of a key counts in the clock of the codec, too: 160 ms.
        var key = sent.stream()
                .filter(packet -> packet.payloadType() == OutgoingEnd.KEYS)
                .reduce((one, next) -> next)
                .orElseThrow();
        assertThat(ByteBuffer.wrap(key.payload()).getShort(2)).isEqualTo((short) (8 * step));
    }

    @ParameterizedTest
    @EnumSource(names = {"G722", "OPUS"})
    void aClipCanBeLouderAndSofter(AudioCodec codec) {
        var end = new OutgoingEnd(codec, 20);
        end.stream.play(1, tone(codec, 440, 1000, 4000), 1, 6);
        end.runFor(1040);
        assertThat(amplitude(end.sound(), 440, 200, 900)).isCloseTo(7980, within(800.0));
        assertThat(end.events).containsExactly(new Played(1, 1000, true));
    }

    @ParameterizedTest
    @EnumSource(names = {"G722", "OPUS"})
    void aClipBeneathIsHeardWithTheOneAboveItAndAlone(AudioCodec codec) {
        var end = new OutgoingEnd(codec, 20);
        end.stream.playBeneath(1, tone(codec, 1000, 2000, 4000), 0);
        end.runFor(500);
        end.stream.play(2, tone(codec, 300, 1000, 4000));
        end.runFor(1500);
        short[] sound = end.sound();
        assertThat(amplitude(sound, 1000, 100, 480)).isCloseTo(4000, within(300.0));
        assertThat(amplitude(sound, 1000, 700, 1400)).isCloseTo(4000, within(400.0));
        assertThat(amplitude(sound, 300, 700, 1400)).isCloseTo(4000, within(400.0));
        assertThat(amplitude(sound, 300, 1700, 1980)).isLessThan(100);
        assertThat(amplitude(sound, 1000, 1700, 1980)).isCloseTo(4000, within(300.0));
        end.stream.stop(1);
        assertThat(end.events).containsExactly(new Played(2, 1000, true), new Played(1, 2000, false));
    }

    @ParameterizedTest
    @EnumSource(names = {"G722", "OPUS"})
    void keysInTheSoundAreHeard(AudioCodec codec) {
        var end = new OutgoingEnd(codec, 20);
        end.agreeTelephoneEvents(false);
        end.stream.sendDigits(1, "159D");
        end.runFor(1100);
        assertThat(end.line()).doesNotContain("K");
        assertThat(ToneProbe.keys().tones(end.sound())).hasSize(8);
    }

    @Test
    void whatPlaysEndsWhereAnotherCodecOrForOneWithStateAnotherPacketLengthIsAgreed() {
        var end = new OutgoingEnd(AudioCodec.OPUS, 20);
        end.stream.play(1, tone(AudioCodec.OPUS, 440, 1000, 8000));
        end.runFor(100);
        end.agree(AudioCodec.G722, 20);
        end.runFor(20);
        end.stream.play(2, tone(AudioCodec.G722, 440, 1000, 8000));
        end.runFor(100);
        end.agree(AudioCodec.G722, 40);
        end.runFor(80);
        assertThat(end.events).containsExactly(new Played(1, 100, false), new Played(2, 100, false));
        assertThat(end.sent()).hasSize(13);
        end.agree(AudioCodec.OPUS, 20);
        end.stream.play(3, tone(AudioCodec.OPUS, 440, 50, 8000));
        end.runFor(100);
        assertThat(end.events).last().isEqualTo(new Played(3, 50, true));
    }

    @ParameterizedTest
    @EnumSource(names = {"G722", "OPUS"})
    void whoListensToWhatIsSentHearsAClipAfterSilenceAsItWasBefore(AudioCodec codec) {
        var end = new OutgoingEnd(codec, 20);
        List<short[]> heard = new ArrayList<>();
        end.stream.listen((samples, count, now) -> heard.add(Arrays.copyOf(samples, count)));
        EncodedClip clip = tone(codec, 700, 200, 10_000);
        end.stream.play(1, clip);
        end.runFor(400);
        List<short[]> first = List.copyOf(heard.subList(0, 10));
        int silent = heard.size();
        end.stream.play(2, clip);
        end.runFor(200);
        for (int packet = 0; packet < 10; packet++)
            assertThat(heard.get(silent + packet)).as("packet %d", packet).isEqualTo(first.get(packet));
    }
}
