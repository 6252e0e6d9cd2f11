package dev.outdial.media.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.G711;
import dev.outdial.media.file.AudioFiles;
import dev.outdial.media.record.RecordingOptions.Format;
import dev.outdial.media.record.RecordingOptions.Sides;
import dev.outdial.testbed.sound.WavFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of a call in one recording, its pauses, and what ends it; time is simulated. */
class SidesTest {
    private static final long MILLIS = 1_000_000;
    private static final int THEIRS = 3;
    private static final short THEIR_LEVEL = G711.fromMuLaw((byte) THEIRS);
    private static final short OUR_LEVEL = 1000;

    @TempDir
    private Path folder;

    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(1);
    private final List<String> told = new ArrayList<>();
    private long nowMillis = 12_345;
    private long packets;

    @AfterEach
    void endWorkers() {
        workers.shutdownNow();
    }

    private Recorder start(RecordingOptions options) {
        return Recorder.start(folder.resolve("sides.wav"), options, workers, told::add, nowMillis * MILLIS);
    }

    private static RecordingOptions of(Sides sides, Format format) {
        return new RecordingOptions(sides, format, false, 0, "", 0);
    }

    /** Both talk, or one, in packets of 20 ms, whose clocks go alike but for the drift. */
    private void talk(Recorder recorder, int millis, boolean they, boolean we) {
        var packet = ByteBuffer.allocate(160);
        Arrays.fill(packet.array(), (byte) (they ? THEIRS : 0xFF));
        var samples = new short[160];
        Arrays.fill(samples, we ? OUR_LEVEL : 0);
        for (int i = 0; i < millis; i += 20, nowMillis += 20, packets++) {
            int timestamp = (int) packets * 160;
            recorder.putOurs(samples, 160, nowMillis * MILLIS);
            recorder.put(AudioCodec.PCMU, timestamp, packet, 0, 160, false, nowMillis * MILLIS);
            recorder.tick(nowMillis * MILLIS);
        }
    }

    private Recorded finish(Recorder recorder, RecordingEnd why) throws Exception {
        return recorder.finish(why, nowMillis * MILLIS).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Left and right in turns. */
    private short[][] stereo() throws Exception {
        ByteBuffer file =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("sides.wav"))).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getShort(22)).isEqualTo((short) 2);
        var sides = new short[2][(file.limit() - 44) / 4];
        file.position(44);
        for (int i = 0; i < sides[0].length; i++) {
            sides[0][i] = file.getShort();
            sides[1][i] = file.getShort();
        }
        return sides;
    }

    @Test
    void eachSideIsInItsChannelAtItsTime() throws Exception {
        Recorder recorder = start(of(Sides.STEREO, Format.PCM16));
        talk(recorder, 1000, true, false);
        talk(recorder, 1000, false, true);
        talk(recorder, 500, true, true);
        Recorded recorded = finish(recorder, RecordingEnd.STOPPED);
        assertThat(recorded).isEqualTo(new Recorded(RecordingEnd.STOPPED, 2500, 44 + 2500 * 8 * 4));
        short[][] sides = stereo();
        assertThat(sides[0]).hasSize(20_000);
        for (int i = 0; i < 20_000; i++) {
            assertThat(sides[0][i]).as("their %d", i).isEqualTo(i / 8000 == 1 ? 0 : THEIR_LEVEL);
            assertThat(sides[1][i]).as("our %d", i).isEqualTo(i < 8000 ? 0 : OUR_LEVEL);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void mixedIsTheSumWithinTheLimit() throws Exception {
        Recorder recorder = start(of(Sides.MIXED, Format.PCM16));
        talk(recorder, 1000, true, true);
        finish(recorder, RecordingEnd.STOPPED);
        assertThat(WavFile.read(folder.resolve("sides.wav"))).hasSize(8000).containsOnly((short)
                Math.max(-32_768, THEIR_LEVEL + OUR_LEVEL));
    }

    /** Their clock is 500 ppm away from ours: 150 ms in five minutes. Both begin to talk together every ten seconds. */
    @ParameterizedTest
    @ValueSource(ints = {4, -4})
    void sidesWhoseClocksDriftStayWithinAPacketOfEachOther(int samplesPerSecond) {
        var own = new OwnLine();
        var theirBegins = new ArrayList<Integer>();
        var ourBegins = new ArrayList<Integer>();
        var line = new RecordingTimeline(
                new RecordingTimeline.Sink() {
                    private int at;
                    private boolean they;
                    private boolean we;

                    @Override
                    public void sample(short sample) {
                        short ours = own.take();
                        if (sample != 0 && !they) theirBegins.add(at);
                        if (ours != 0 && !we) ourBegins.add(at);
                        they = sample != 0;
                        we = ours != 0;
                        at++;
                    }
                },
                0,
                true);
        var packet = ByteBuffer.allocate(160);
        var samples = new short[160];
        for (int i = 0; i < 15_000; i++) {
            long now = i * 20 * MILLIS;
            boolean talk = i % 500 >= 450;
            Arrays.fill(packet.array(), (byte) (talk ? THEIRS : 0xFF));
            Arrays.fill(samples, talk ? OUR_LEVEL : 0);
            own.put(samples, 160, line.place(now));
            line.put(AudioCodec.PCMU, i * 160 + i * samplesPerSecond / 50, packet, 0, 160, false, now);
            line.advance(now);
        }
        assertThat(theirBegins).hasSizeGreaterThanOrEqualTo(30);
        assertThat(ourBegins).hasSize(30);
        for (int ours : ourBegins)
            assertThat(theirBegins).as("beside %d", ours).anyMatch(theirs -> Math.abs(theirs - ours) <= 160);
    }

    @Test
    void whatIsSaidInAPauseIsNotInTheFile() throws Exception {
        Recorder recorder = start(of(Sides.STEREO, Format.PCM16));
        talk(recorder, 1000, true, false);
        recorder.pause(nowMillis * MILLIS);
        recorder.pause(nowMillis * MILLIS);
        talk(recorder, 700, false, true);
        recorder.resume(nowMillis * MILLIS);
        recorder.resume(nowMillis * MILLIS);
        talk(recorder, 500, true, false);
        recorder.pause(nowMillis * MILLIS);
        talk(recorder, 400, true, true);
        assertThat(finish(recorder, RecordingEnd.STOPPED).millis()).isEqualTo(1500);
        short[][] sides = stereo();
        assertThat(sides[0]).hasSize(12_000).containsOnly(THEIR_LEVEL);
        assertThat(sides[1]).hasSize(12_000).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"PCMU", "PCMA"})
    void compressedFilesAreReadByOthers(Format format) throws Exception {
        Recorder recorder = start(of(Sides.FAR_END, format));
        talk(recorder, 1000, true, false);
        Recorded recorded = finish(recorder, RecordingEnd.STOPPED);
        Path file = folder.resolve("sides.wav");
        assertThat(recorded.bytes()).isEqualTo(58 + 8000).isEqualTo(Files.size(file));
        assertThat(recorded.millis()).isEqualTo(1000);
        var samples = new float[9000];
        int read = 0;
        try (var source = AudioFiles.open(file)) {
            assertThat(source.sampleRate()).isEqualTo(8000);
            for (int n; (n = source.read(samples, read, samples.length - read)) > 0; ) read += n;
        }
        assertThat(read).isEqualTo(8000);
        byte code = format == Format.PCMU ? G711.muLaw(THEIR_LEVEL) : G711.aLaw(THEIR_LEVEL);
        short level = format == Format.PCMU ? G711.fromMuLaw(code) : G711.fromALaw(code);
        for (int i = 0; i < read; i++)
            assertThat(Math.round(samples[i] * 32_768)).isEqualTo(level);
    }

    @Test
    void silenceEndsItWhenItIsLongEnoughAndAPauseIsNone() throws Exception {
        Recorder recorder = start(new RecordingOptions(Sides.FAR_END, Format.PCM16, false, 2000, "", 0));
        talk(recorder, 1000, true, false);
        talk(recorder, 1900, false, false);
        talk(recorder, 20, true, false);
        talk(recorder, 1900, false, false);
        assertThat(recorder.due(nowMillis * MILLIS)).isEmpty();
        recorder.pause(nowMillis * MILLIS);
        talk(recorder, 5000, false, false);
        assertThat(recorder.due(nowMillis * MILLIS)).isEmpty();
        recorder.resume(nowMillis * MILLIS);
        talk(recorder, 1980, false, false);
        assertThat(recorder.due(nowMillis * MILLIS)).isEmpty();
        talk(recorder, 20, false, false);
        assertThat(recorder.due(nowMillis * MILLIS)).contains(RecordingEnd.SILENCE);
        assertThat(finish(recorder, RecordingEnd.SILENCE).millis()).isEqualTo(1000 + 1900 + 20 + 1900 + 2000);
    }

    @Test
    void whileWeTalkItIsNotSilentWhereBothAreRecorded() {
        Recorder both = start(new RecordingOptions(Sides.MIXED, Format.PCM16, false, 500, "", 0));
        talk(both, 2000, false, true);
        assertThat(both.due(nowMillis * MILLIS)).isEmpty();
        talk(both, 500, false, false);
        assertThat(both.due(nowMillis * MILLIS)).contains(RecordingEnd.SILENCE);
    }

    @Test
    void timeEndsItAndTheFileIsNoLonger() throws Exception {
        Recorder recorder = start(new RecordingOptions(Sides.STEREO, Format.PCM16, false, 0, "", 1500));
        talk(recorder, 1000, true, false);
        recorder.pause(nowMillis * MILLIS);
        talk(recorder, 1000, true, false);
        recorder.resume(nowMillis * MILLIS);
        talk(recorder, 480, true, false);
        assertThat(recorder.due(nowMillis * MILLIS)).isEmpty();
        talk(recorder, 20, true, false);
        assertThat(recorder.due(nowMillis * MILLIS)).contains(RecordingEnd.TIME);
        talk(recorder, 100, true, false);
        assertThat(finish(recorder, RecordingEnd.TIME).millis()).isEqualTo(1500);
    }

    @Test
    void aFileThatCannotBeWrittenIsDueToEnd() throws Exception {
        Recorder recorder = Recorder.start(
                folder.resolve("missing/file.wav"), RecordingOptions.DEFAULT, workers, told::add, nowMillis * MILLIS);
        Recorded recorded = recorder.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(recorded).isEqualTo(new Recorded(RecordingEnd.FAILED, 0, 0));
        assertThat(recorder.due(nowMillis * MILLIS)).isEqualTo(Optional.of(RecordingEnd.FAILED));
        assertThat(told).hasSize(1);
    }

    @Test
    void keysAreOfTheSetThatWasAskedFor() {
        Recorder recorder = start(new RecordingOptions(Sides.FAR_END, Format.PCM16, false, 0, "#*", 0));
        assertThat(recorder.endsWith('#') && recorder.endsWith('*')).isTrue();
        assertThat(recorder.endsWith('1')).isFalse();
        assertThatThrownBy(() -> new RecordingOptions(Sides.FAR_END, Format.PCM16, false, 0, "x", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0-9");
        assertThatThrownBy(() -> new RecordingOptions(Sides.FAR_END, Format.PCM16, false, -1, "", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
