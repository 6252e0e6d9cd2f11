package dev.outdial.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that ffmpeg made, read by us and by ffmpeg: the same sound, to the sample as long. */
@Tag("interop")
class FfmpegComparisonTest {
    private static final int SOURCE_RATE = 48_000;
    private static final int SOURCE_SAMPLES = 144_577;
    private static final double EXACT = Double.POSITIVE_INFINITY;
    private static final double MP3_DB = 50;
    private static final double VORBIS_DB = 75;
    // concentus reckons in whole numbers, this libopus in floating point; ffmpeg's own decoder is 21 to 86 dB from it.
    private static final double OPUS_DB = 35;
    // ffmpeg multiplies where the standard adds shifted numbers; sox, which adds too, hears to the bit what we hear.
    private static final double IMA_ADPCM_DB = 30;

    @TempDir
    private static Path folder;

    private static Path source = Path.of("");
    private static Path picture = Path.of("");

    private record Case(String name, double minDb, List<String> arguments) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(String name, double minDb, String arguments) {
        return new Case(name, minDb, List.of(arguments.split(" ")));
    }

    static List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (int rate : new int[] {8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000})
            for (int channels = 1; channels <= 2; channels++) {
                String base = "-ar " + rate + " -ac " + channels + " ";
                cases.add(of("cbr-" + rate + "-" + channels + ".mp3", MP3_DB, base + "-b:a 64k"));
                cases.add(of("vbr-" + rate + "-" + channels + ".mp3", MP3_DB, base + "-q:a 3"));
            }
        cases.add(of("best.mp3", MP3_DB, "-b:a 320k"));
        cases.add(of("worst.mp3", MP3_DB, "-ar 8000 -ac 1 -b:a 8k"));
        cases.add(of("average.mp3", MP3_DB, "-abr 1 -b:a 96k"));
        cases.add(of("separate-channels.mp3", MP3_DB, "-joint_stereo 0"));
        cases.add(of("no-reservoir.mp3", MP3_DB, "-reservoir 0"));
        cases.add(of("no-tag.mp3", MP3_DB, "-write_xing 0 -id3v2_version 0"));
        cases.add(of("id3v1.mp3", MP3_DB, "-write_id3v1 1 -metadata title=Welcome"));
        cases.add(of("id3v23.mp3", MP3_DB, "-id3v2_version 3 -metadata title=Welcome"));
        for (String codec : List.of("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"))
            for (int channels : new int[] {1, 2, 6})
                cases.add(of(codec + "-" + channels + ".wav", EXACT, "-ac " + channels + " -c:a " + codec));
        for (String law : List.of("pcm_mulaw", "pcm_alaw"))
            for (int channels = 1; channels <= 2; channels++)
                cases.add(of(law + "-" + channels + ".wav", EXACT, "-ac " + channels + " -c:a " + law));
        cases.add(of("rf64.wav", EXACT, "-rf64 always -c:a pcm_s16le"));
        cases.add(of("rf64-float.wav", EXACT, "-rf64 always -c:a pcm_f32le -metadata title=Welcome"));
        for (int channels = 1; channels <= 2; channels++) {
            cases.add(of("ms-" + channels + ".wav", EXACT, "-c:a adpcm_ms -ac " + channels));
            cases.add(of("ima-" + channels + ".wav", IMA_ADPCM_DB, "-c:a adpcm_ima_wav -ac " + channels));
        }
        for (int rate : new int[] {8000, 11025, 16000, 22050, 44100, 48000})
            for (int channels = 1; channels <= 2; channels++)
                cases.add(of(
                        "vorbis-" + rate + "-" + channels + ".ogg",
                        VORBIS_DB,
                        "-c:a libvorbis -q:a 4 -ar " + rate + " -ac " + channels));
        cases.add(of("vorbis-best.ogg", VORBIS_DB, "-c:a libvorbis -q:a 10"));
        cases.add(of("vorbis-4.ogg", VORBIS_DB, "-c:a libvorbis -ac 4"));
        for (String bits : List.of("12k", "32k", "96k"))
            for (int channels = 1; channels <= 2; channels++)
                cases.add(of(
                        "opus-" + bits + "-" + channels + ".opus",
                        OPUS_DB,
                        "-c:a libopus -b:a " + bits + " -ac " + channels));
        cases.add(of("opus-60ms.ogg", OPUS_DB, "-c:a libopus -frame_duration 60 -b:a 24k"));
        cases.add(of("opus-6.opus", OPUS_DB, "-c:a libopus -ac 6 -mapping_family 1"));
        for (String codec : List.of("pcm_s8", "pcm_s16be", "pcm_s24be", "pcm_s32be"))
            cases.add(of(codec + ".aiff", EXACT, "-c:a " + codec));
        for (String codec : List.of(
                "pcm_s8", "pcm_s16be", "pcm_s24be", "pcm_s32be", "pcm_f32be", "pcm_f64be", "pcm_mulaw", "pcm_alaw"))
            cases.add(of(codec + ".au", EXACT, "-ac 1 -c:a " + codec));
        return cases;
    }

    @BeforeAll
    static void makeTheSource() throws IOException, InterruptedException {
        source = Files.write(folder.resolve("source.wav"), speechLike());
        picture = folder.resolve("cover.png");
        Ffmpeg.run("-f", "lavfi", "-i", "testsrc=size=600x600:rate=1", "-frames:v", "1", picture.toString());
    }

    /** Harmonics that come and go like syllables, with noise between them; the two sides differ. 16 bit stereo. */
    private static byte[] speechLike() {
        var random = new Random(20261122);
        var data = ByteBuffer.allocate(4 * SOURCE_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SOURCE_SAMPLES; i++) {
            double t = (double) i / SOURCE_RATE;
            double voice = 0;
            for (int h = 1; h <= 20; h++) voice += Math.sin(2 * Math.PI * h * (110 + 15 * Math.sin(3 * t)) * t) / h;
            double syllable = Math.max(0, Math.sin(2 * Math.PI * 2.3 * t));
            double noise = 0.1 * random.nextGaussian() * Math.max(0, Math.sin(2 * Math.PI * 1.7 * t + 1));
            data.putShort((short) (9000 * (syllable * voice + noise)));
            data.putShort((short) (7000 * (syllable * voice - noise) + 1000 * Math.sin(2 * Math.PI * 700 * t)));
        }
        return WavSourceTest.wav(1, 2, SOURCE_RATE, 16, data.capacity(), data.array());
    }

    @Test
    void thereAreAtLeastSixtyFiles() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFileSoundsAsFfmpegHearsIt(Case file) throws IOException, InterruptedException {
        Path path = folder.resolve(file.name);
        var arguments = new ArrayList<>(List.of("-i", source.toString()));
        arguments.addAll(file.arguments);
        arguments.add(path.toString());
        Ffmpeg.run(arguments.toArray(String[]::new));

        judge(path, file.minDb);
    }

    @Test
    void aCoverPictureIsNotPlayed() throws IOException, InterruptedException {
        Path path = folder.resolve("cover.mp3");
        Ffmpeg.run(
                "-i",
                source.toString(),
                "-i",
                picture.toString(),
                "-map",
                "0",
                "-map",
                "1",
                "-c:v",
                "copy",
                "-id3v2_version",
                "3",
                "-b:a",
                "96k",
                path.toString());

        judge(path, MP3_DB);
    }

    @Test
    void chainedVorbisIsPlayedOneAfterTheOther() throws IOException, InterruptedException {
        Path first = folder.resolve("first.ogg");
        Path second = folder.resolve("second.ogg");
        Ffmpeg.run("-i", source.toString(), "-c:a", "libvorbis", "-ar", "22050", "-t", "1.03", first.toString());
        Ffmpeg.run("-i", source.toString(), "-c:a", "libvorbis", "-ar", "22050", "-ss", "1.3", second.toString());
        Path chain = folder.resolve("chain.ogg");
        Files.write(chain, Files.readAllBytes(first));
        Files.write(chain, Files.readAllBytes(second), java.nio.file.StandardOpenOption.APPEND);

        float[] sound = Sounds.read(chain).samples();

        float[] begin = Ffmpeg.decode(first, 2);
        float[] rest = Ffmpeg.decode(second, 2);
        assertThat(sound).hasSize(begin.length + rest.length);
        assertThat(signalToNoiseDb(begin, Arrays.copyOf(sound, begin.length))).isGreaterThan(VORBIS_DB);
        assertThat(signalToNoiseDb(rest, Arrays.copyOfRange(sound, begin.length, sound.length)))
                .isGreaterThan(VORBIS_DB);
    }

    private static void judge(Path path, double minDb) throws IOException, InterruptedException {
        Sounds.Sound sound = Sounds.read(path);
        // ffmpeg's own Opus decoder is not the one that the format is defined by.
        String[] decoder = sound.format().equals("Ogg Opus") ? new String[] {"-c:a", "libopus"} : new String[0];
        float[] reference = Ffmpeg.decode(path, sound.channels(), decoder);

        assertThat(sound.samples().length).as("%s", path).isEqualTo(reference.length);
        double db = signalToNoiseDb(reference, sound.samples());
        System.out.printf(
                "%-24s %-20s %6d Hz %d  %.1f dB%n",
                path.getFileName(), sound.format(), sound.sampleRate(), sound.channels(), db);
        assertThat(db).as("%s", path).isGreaterThanOrEqualTo(minDb);
    }

    /** Power of the reference over power of the difference, sample 0 against sample 0. */
    private static double signalToNoiseDb(float[] reference, float[] sound) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < reference.length; i++) {
            double difference = (double) reference[i] - sound[i];
            signal += (double) reference[i] * reference[i];
            noise += difference * difference;
        }
        return 10 * Math.log10(signal / noise);
    }
}
