package dev.outdial.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G.722 and Opus, both ways, against ffmpeg. */
@Tag("interop")
class FfmpegCodecsTest {
    private static final int WIDE = 16_000;
    private static final int COUNT = 5 * WIDE;

    @TempDir
    private Path folder;

    private Path ffmpeg(String result, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-loglevel", "error", "-y"));
        command.addAll(List.of(arguments));
        Path made = folder.resolve(result);
        command.add(made.toString());
        Path log = folder.resolve("log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return made;
    }

    private static byte[] littleEndian(short... samples) {
        var bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }

    private static short[] samples(Path raw) throws Exception {
        byte[] bytes = Files.readAllBytes(raw);
        var samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    private Path raw(short... sound) throws Exception {
        return Files.write(folder.resolve("sound.raw"), littleEndian(sound));
    }

    private short[] g722ByFfmpeg(byte... codes) throws Exception {
        Path file = Files.write(folder.resolve("codes.g722"), codes);
        return samples(ffmpeg("decoded.raw", "-f", "g722", "-i", file.toString(), "-f", "s16le"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void ourG722DecoderGivesTheSameSamplesToTheBit(long seed) throws Exception {
        byte[] codes = G722Test.encoded(Sounds.speech(WIDE, COUNT, seed, 600));
        short[] theirs = g722ByFfmpeg(codes);
        assertThat(G722Test.decoded(codes)).startsWith(theirs).hasSize(COUNT);
        assertThat(theirs.length).isGreaterThan(COUNT - 400);
    }

    @Test
    void ourG722DecoderUnderstandsWhatFfmpegEncodes() throws Exception {
        short[] sound = Sounds.speech(WIDE, COUNT, 5, 600);
        Path file = ffmpeg(
                "theirs.g722",
                "-f",
                "s16le",
                "-ar",
                "16000",
                "-ac",
                "1",
                "-i",
                raw(sound).toString(),
                "-c:a",
                "g722",
                "-f",
                "g722");
        byte[] codes = Files.readAllBytes(file);
        short[] ours = G722Test.decoded(codes);
        short[] theirs = g722ByFfmpeg(codes);
        assertThat(Arrays.copyOf(ours, theirs.length)).isEqualTo(theirs);
        double snr = Sounds.snrDb(sound, ours, G722.DELAY_SAMPLES, 0, COUNT - 1000);
        double own =
                Sounds.snrDb(sound, G722Test.decoded(G722Test.encoded(sound)), G722.DELAY_SAMPLES, 0, COUNT - 1000);
        System.out.printf("G.722 encoded by ffmpeg: %.2f dB, by us: %.2f dB%n", snr, own);
        assertThat(own).isGreaterThan(snr - 0.5);
    }

    @Test
    void ourG722StreamAfterSilenceIsUnderstoodByFfmpeg() throws Exception {
        short[] sound = Sounds.speech(WIDE, COUNT, 9, 600);
        var codes = new ByteArrayOutputStream();
        for (int i = 0; i < 10; i++) codes.writeBytes(SilentFrames.of(AudioCodec.G722, 20));
        var encoder = AudioCodec.G722.newEncoder(WIDE);
        var frame = new byte[SoundEncoder.MAX_BYTES];
        for (int at = 0; at < COUNT; at += 320) codes.write(frame, 0, encoder.encode(sound, at, 320, frame));
        short[] theirs = g722ByFfmpeg(codes.toByteArray());
        double snr = Sounds.snrDb(sound, theirs, 3200 + G722.DELAY_SAMPLES, 0, COUNT - 4000);
        System.out.printf("G.722 by a session's encoder, decoded by ffmpeg: %.2f dB%n", snr);
        assertThat(snr).isGreaterThan(19);
    }

    @ParameterizedTest
    @CsvSource({"8000,20", "16000,20", "16000,10", "16000,40"})
    void ffmpegHearsOurOpusAsWeDo(int sampleRate, int ptimeMillis) throws Exception {
        short[] sound = Sounds.speech(sampleRate, 5 * sampleRate, 7, 300);
        var encoder = AudioCodec.OPUS.newEncoder(sampleRate);
        var frame = new byte[SoundEncoder.MAX_BYTES];
        int count = sampleRate / 1000 * ptimeMillis;
        var packets = new ArrayList<byte[]>();
        for (int at = 0; at + count <= sound.length; at += count)
            packets.add(Arrays.copyOf(frame, encoder.encode(sound, at, count, frame)));
        Path file = Files.write(folder.resolve("ours.opus"), OggOpus.write(packets, 48 * ptimeMillis));
        short[] theirs = samples(ffmpeg("theirs.raw", "-i", file.toString(), "-ar", "8000", "-ac", "1", "-f", "s16le"));
        short[] ours = decoded(packets);
        assertAlike(ours, theirs, "Opus encoded by us at " + sampleRate + " in " + ptimeMillis + " ms");
    }

    @ParameterizedTest
    @CsvSource({"16k,20,1", "24k,20,1", "32k,60,2", "64k,10,2"})
    void weHearTheOpusOfLibopusAsFfmpegDoes(String rate, int frameMillis, int channels) throws Exception {
        short[] sound = Sounds.speech(WIDE, COUNT, 8, 300);
        Path file = ffmpeg(
                "theirs.opus",
                "-f",
                "s16le",
                "-ar",
                "16000",
                "-ac",
                "1",
                "-i",
                raw(sound).toString(),
                "-ac",
                Integer.toString(channels),
                "-c:a",
                "libopus",
                "-b:a",
                rate,
                "-application",
                "voip",
                "-frame_duration",
                Integer.toString(frameMillis));
        byte[] ogg = Files.readAllBytes(file);
        short[] theirs = samples(ffmpeg("theirs.raw", "-i", file.toString(), "-ar", "8000", "-ac", "1", "-f", "s16le"));
        short[] ours = decoded(OggOpus.read(ogg));
        int skip = OggOpus.preSkip(ogg) / 6;
        assertAlike(Arrays.copyOfRange(ours, skip, ours.length), theirs, "Opus of libopus, " + rate);
    }

    private static short[] decoded(List<byte[]> packets) {
        var decoder = AudioCodec.OPUS.newDecoder();
        var all = new short[packets.size() * SoundDecoder.MAX_SAMPLES];
        var samples = new short[SoundDecoder.MAX_SAMPLES];
        int at = 0;
        for (byte[] packet : packets) {
            int count = decoder.decode(ByteBuffer.wrap(packet), 0, packet.length, samples);
            assertThat(count).isPositive();
            System.arraycopy(samples, 0, all, at, count);
            at += count;
        }
        return Arrays.copyOf(all, at);
    }

    /** Each was brought to 8 kHz in another way: what is left are the two low-passes, above the telephone's band. */
    private static void assertAlike(short[] ours, short[] theirs, String what) {
        int to = Math.min(ours.length, theirs.length) - 400;
        int later = Sounds.delay(theirs, ours, 100, 1000, to - 100);
        int earlier = Sounds.delay(ours, theirs, 100, 1000, to - 100);
        double likeness = Math.max(
                Sounds.correlation(theirs, ours, later, 1000, to - 100),
                Sounds.correlation(ours, theirs, earlier, 1000, to - 100));
        System.out.printf("%s: likeness %.4f, %d samples later, %d earlier%n", what, likeness, later, earlier);
        assertThat(likeness).isGreaterThan(0.98);
    }
}
