package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.media.record.RecordingEnd;
import dev.outdial.media.record.RecordingOptions;
import dev.outdial.media.record.RecordingOptions.Format;
import dev.outdial.media.record.RecordingOptions.Sides;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.probe.ToneProbe.Tone;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of two sessions that talk to each other over real sockets. */
@Timeout(60)
class SessionRecordingsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path folder;

    private final MediaEngine engine =
            MediaEngine.open(MediaConfig.of(22_944, 22_959).withSeed(4));
    private final BlockingQueue<MediaEvent> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<MediaEvent> farEvents = new LinkedBlockingQueue<>();
    private final MediaSession session = open(events);
    private final MediaSession far = open(farEvents);

    private MediaSession open(BlockingQueue<MediaEvent> told) {
        try {
            return engine.openSession(LOOPBACK, told::add);
        } catch (RtpPortsExhaustedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void open() throws Exception {
        far.answered(session.offer());
        session.answered(far.offer());
        await(events, MediaEvent.FirstPacketAfterAnswer.class);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static <E extends MediaEvent> E await(BlockingQueue<MediaEvent> from, Class<E> type) throws Exception {
        while (true) {
            MediaEvent event = from.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("waiting for %s", type.getSimpleName()).isNotNull();
            if (type.isInstance(event)) return type.cast(event);
        }
    }

    private static EncodedClip tone(double hertz, int millis) {
        short[] samples = new Tones(0.3, hertz).samples(millis);
        ByteBuffer codes = ByteBuffer.allocate(samples.length);
        AudioCodec.PCMU.encode(samples, 0, samples.length, codes);
        return EncodedClip.of(AudioCodec.PCMU, 20, codes.array());
    }

    private static RecordingOptions of(Sides sides) {
        return new RecordingOptions(sides, Format.PCM16, false, 0, "", 0);
    }

    /** Left and right of a stereo file. */
    static short[][] stereo(Path file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getShort(22)).isEqualTo((short) 2);
        var sides = new short[2][(bytes.limit() - 44) / 4];
        bytes.position(44);
        for (int i = 0; i < sides[0].length; i++) {
            sides[0][i] = bytes.getShort();
            sides[1][i] = bytes.getShort();
        }
        return sides;
    }

    @Test
    void bothSidesAreHeardInTheirChannelsForAsLongAsTheyTalked() throws Exception {
        open();
        Path file = folder.resolve("both.wav");
        long id = session.record(file, of(Sides.STEREO));
        far.play(tone(500, 600));
        await(farEvents, MediaEvent.Played.class);
        session.play(tone(1500, 600));
        await(events, MediaEvent.Played.class);
        session.stopRecording(id);
        MediaEvent.RecordingEnded ended = await(events, MediaEvent.RecordingEnded.class);
        assertThat(ended.recordingId()).isEqualTo(id);
        assertThat(ended.reason()).isEqualTo(RecordingEnd.STOPPED);
        assertThat(ended.bytes()).isEqualTo(Files.size(file));
        short[][] sides = stereo(file);
        assertThat(ended.millis()).isEqualTo(sides[0].length / 8).isGreaterThan(1200);
        ToneProbe probe = ToneProbe.hertz(500, 1500);
        List<Tone> theirs = probe.tones(sides[0]);
        List<Tone> ours = probe.tones(sides[1]);
        assertThat(theirs).isNotEmpty().allMatch(tone -> tone.hertz() == 500);
        assertThat(ours).isNotEmpty().allMatch(tone -> tone.hertz() == 1500);
        assertThat(length(theirs)).isCloseTo(600, within(60L));
        assertThat(length(ours)).isCloseTo(600, within(60L));
        // One after the other, as it was.
        assertThat(ours.getFirst().startMillis())
                .isGreaterThanOrEqualTo(theirs.getLast().endMillis() - 60);
    }

    /** A machine that stands still for a packet time leaves a hole of it. */
    private static long length(List<Tone> tones) {
        return tones.stream()
                .mapToLong(tone -> tone.endMillis() - tone.startMillis())
                .sum();
    }

    @Test
    void theFarEndHearsABeepAndAKeyOfTheSetEndsIt() throws Exception {
        open();
        Path file = folder.resolve("beep.wav");
        Path heard = folder.resolve("heard.wav");
        far.record(heard);
        long id = session.record(file, new RecordingOptions(Sides.MIXED, Format.PCM16, true, 0, "#", 0));
        far.sendDigits("1,#");
        MediaEvent.RecordingEnded ended = await(events, MediaEvent.RecordingEnded.class);
        assertThat(ended.recordingId()).isEqualTo(id);
        assertThat(ended.reason()).isEqualTo(RecordingEnd.KEY);
        far.finish().toCompletableFuture().get(20, TimeUnit.SECONDS);
        for (Path each : List.of(file, heard)) {
            List<Tone> beeps = ToneProbe.hertz(1000).tones(WavFile.read(each));
            // A busy machine sends a packet late, and who waits for it hears the tone go on: each of these is 20 ms.
            assertThat(length(beeps)).as("%s", each).isBetween(240L, 400L);
        }
    }

    @Test
    void theNextOneEndsTheOneThatGoesOnAndTheSessionTheLast() throws Exception {
        open();
        var ids = new long[3];
        for (int i = 0; i < 3; i++) ids[i] = session.record(folder.resolve(i + ".wav"), of(Sides.FAR_END));
        session.stopRecording(ids[0]);
        session.pressed('#');
        session.finish().toCompletableFuture().get(20, TimeUnit.SECONDS);
        // Told before the end was.
        List<MediaEvent.RecordingEnded> ends = events.stream()
                .filter(MediaEvent.RecordingEnded.class::isInstance)
                .map(MediaEvent.RecordingEnded.class::cast)
                .toList();
        assertThat(ends)
                .extracting(MediaEvent.RecordingEnded::recordingId)
                .containsExactlyInAnyOrder(ids[0], ids[1], ids[2]);
        assertThat(ends)
                .allMatch(end -> end.reason()
                        == (end.recordingId() == ids[2] ? RecordingEnd.SESSION_ENDED : RecordingEnd.REPLACED));
        session.record(folder.resolve("late.wav"));
        assertThat(await(events, MediaEvent.RecordingEnded.class)).isNotNull();
    }

    @Test
    void silenceAndTimeEndIt() throws Exception {
        open();
        long id = session.record(
                folder.resolve("silent.wav"), new RecordingOptions(Sides.STEREO, Format.PCMA, false, 300, "", 0));
        session.play(tone(700, 200));
        MediaEvent.RecordingEnded ended = await(events, MediaEvent.RecordingEnded.class);
        assertThat(ended.recordingId()).isEqualTo(id);
        assertThat(ended.reason()).isEqualTo(RecordingEnd.SILENCE);
        assertThat(ended.millis()).isBetween(480L, 700L);
        session.record(folder.resolve("long.wav"), new RecordingOptions(Sides.FAR_END, Format.PCMU, false, 0, "", 200));
        ended = await(events, MediaEvent.RecordingEnded.class);
        assertThat(ended.reason()).isEqualTo(RecordingEnd.TIME);
        assertThat(ended.millis()).isEqualTo(200);
        assertThat(ended.bytes()).isEqualTo(58 + 1600);
    }

    @Test
    void aFileThatCannotBeWrittenEndsAsFailed() throws Exception {
        open();
        long id = session.record(folder.resolve("missing/file.wav"), of(Sides.STEREO));
        assertThat(await(events, MediaEvent.RecordingFailed.class).why()).contains("file.wav");
        assertThat(await(events, MediaEvent.RecordingEnded.class))
                .isEqualTo(new MediaEvent.RecordingEnded(id, RecordingEnd.FAILED, 0, 0));
    }
}
