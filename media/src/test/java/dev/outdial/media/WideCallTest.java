package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Answering;
import dev.outdial.media.sdp.Capabilities;
import dev.outdial.media.sdp.Direction;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.srtp.SrtpPolicy;
import dev.outdial.testbed.sound.WavFile;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole calls in G.722 and Opus between two sessions of ours. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WideCallTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final double AMPLITUDE = 8000;

    @TempDir
    private Path folder;

    private final MediaEngine engine = MediaEngine.open(new MediaConfig(22_300, 22_399, OptionalLong.of(1)));
    private final BlockingQueue<MediaEvent> callerEvents = new LinkedBlockingQueue<>();
    private final BlockingQueue<MediaEvent> calleeEvents = new LinkedBlockingQueue<>();

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static <E extends MediaEvent> E await(BlockingQueue<MediaEvent> events, Class<E> type) throws Exception {
        while (true) {
            MediaEvent event = events.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("waiting for %s", type.getSimpleName()).isNotNull();
            if (type.isInstance(event)) return type.cast(event);
        }
    }

    private MediaSession open(BlockingQueue<MediaEvent> events, SrtpPolicy srtp, AudioCodec... codecs)
            throws Exception {
        var can = new Capabilities(List.of(codecs), 20, false, srtp);
        return engine.openSession(LOOPBACK, new SessionOptions(can, false, Duration.ofSeconds(30)), events::add);
    }

    private static Agreed agree(MediaSession caller, MediaSession callee, byte[] offer) {
        Answering answering = callee.answer(offer, Direction.SENDRECV);
        assertThat(answering).isInstanceOf(Answering.Answered.class);
        var agreed = caller.answered(((Answering.Answered) answering).sdp());
        assertThat(agreed).isInstanceOf(Agreed.class);
        return (Agreed) agreed;
    }

    private Path tone(double hertz, int millis) throws Exception {
        var samples = new short[8 * millis];
        for (int i = 0; i < samples.length; i++)
            samples[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / 8000));
        Path file = folder.resolve((int) hertz + ".wav");
        WavFile.write(file, samples);
        return file;
    }

    /** How many of the 20 ms pieces have the tone about as loud as it was. */
    private static int pieces(short[] sound, double hertz) {
        int count = 0;
        for (int from = 0; from + 160 <= sound.length; from += 160) {
            double real = 0;
            double imaginary = 0;
            for (int i = from; i < from + 160; i++) {
                double angle = 2 * Math.PI * hertz * i / 8000;
                real += sound[i] * Math.cos(angle);
                imaginary += sound[i] * Math.sin(angle);
            }
            if (Math.hypot(real, imaginary) / 80 > AMPLITUDE * 0.7) count++;
        }
        return count;
    }

    @ParameterizedTest
    @CsvSource({"G722,OFF", "OPUS,OFF", "OPUS,REQUIRED"})
    void aClipIsHeardAndKeysOnceEach(AudioCodec codec, SrtpPolicy srtp) throws Exception {
        EncodedClip clip = get(engine.encode(tone(500, 1500), codec, 20));
        assertThat(clip.millis()).isEqualTo(1500);
        MediaSession caller = open(callerEvents, srtp, codec, AudioCodec.PCMU);
        MediaSession callee = open(calleeEvents, srtp, codec);
        Path recording = folder.resolve("heard.wav");
        callee.record(recording);
        assertThat(agree(caller, callee, caller.offer()).codec()).isEqualTo(codec);
        long playId = caller.play(clip);
        long digitsId = caller.sendDigits("15#");
        assertThat(await(callerEvents, MediaEvent.Played.class)).isEqualTo(new MediaEvent.Played(playId, 1500, true));
        assertThat(await(callerEvents, MediaEvent.DigitsSent.class))
                .isEqualTo(new MediaEvent.DigitsSent(digitsId, "15#"));
        for (char digit : "15#".toCharArray())
            assertThat(await(calleeEvents, MediaEvent.Digit.class))
                    .isEqualTo(new MediaEvent.Digit(digit, 160, MediaEvent.DigitSource.TELEPHONE_EVENT));
        get(caller.finish());
        MediaStatistics received = get(callee.finish());
        assertThat(received.received().lost() + received.received().discarded()).isZero();
        // A clock of the wrong rate would make it seconds.
        assertThat(received.received().jitterMillis()).isLessThan(50);
        assertThat(pieces(WavFile.read(recording), 500)).isCloseTo(75, within(4));
        assertThat(calleeEvents).noneMatch(MediaEvent.Digit.class::isInstance);
    }

    @Test
    void theCodecChangesWithinTheCallAndBothWaysAreHeard() throws Exception {
        MediaSession caller = open(callerEvents, SrtpPolicy.OFF, AudioCodec.OPUS, AudioCodec.PCMU);
        MediaSession callee = open(calleeEvents, SrtpPolicy.OFF, AudioCodec.OPUS, AudioCodec.PCMU);
        Path recording = folder.resolve("changes.wav");
        callee.record(recording);
        Path low = tone(400, 600);
        Path high = tone(1100, 600);
        agree(caller, callee, caller.offer());
        caller.play(get(engine.encode(low, AudioCodec.OPUS, 20)));
        await(callerEvents, MediaEvent.Played.class);
        // The callee names PCMU alone: the numbers of before keep their meaning.
        byte[] again = new String(callee.offerAll(Direction.SENDRECV), java.nio.charset.StandardCharsets.US_ASCII)
                .replaceFirst("(m=audio \\d+ RTP/AVP) [0-9 ]+", "$1 0 101")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Answering answering = caller.answer(again, Direction.SENDRECV);
        assertThat(answering).isInstanceOf(Answering.Answered.class);
        var terms = callee.answered(((Answering.Answered) answering).sdp());
        assertThat(((Agreed) terms).codec()).isEqualTo(AudioCodec.PCMU);
        caller.play(get(engine.encode(high, AudioCodec.PCMU, 20)));
        await(callerEvents, MediaEvent.Played.class);
        get(caller.finish());
        get(callee.finish());
        short[] heard = WavFile.read(recording);
        assertThat(pieces(heard, 400)).isCloseTo(30, within(4));
        assertThat(pieces(heard, 1100)).isCloseTo(30, within(4));
    }
}
