package dev.outdial.media.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.resample.Resampler;
import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AudioFilesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Prompt.class)
    void aPromptSoundsAsFfmpegHearsItFromTheFirstSample(Prompt prompt) throws IOException {
        short[] expected = prompt.reference();
        short[] sound = telephoneSound(prompt.copyTo(folder));

        assertThat(sound.length).isCloseTo(expected.length, within(8));
        assertThat(signalToNoise(expected, sound)).isGreaterThan(35);
        for (AudioCodec codec : List.of(AudioCodec.PCMU, AudioCodec.PCMA, AudioCodec.L16)) {
            var codes = ByteBuffer.allocate(codec.bytesFor(sound.length));
            codec.encode(sound, 0, sound.length, codes);
            short[] coded = new short[sound.length];
            codec.decode(codes, 0, codes.capacity(), coded, 0);
            assertThat(signalToNoise(expected, coded)).as("%s", codec).isGreaterThan(30);
        }
    }

    /** Power of the reference over power of the difference, sample 0 against sample 0, in decibels. */
    private static double signalToNoise(short[] reference, short[] sound) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < reference.length; i++) {
            double difference = reference[i] - (i < sound.length ? sound[i] : 0);
            signal += (double) reference[i] * reference[i];
            noise += difference * difference;
        }
        return 10 * Math.log10(signal / noise);
    }

    @Test
    void theNameOfAFileSaysNothing() throws IOException {
        Path lying = Files.write(folder.resolve("song.mp3"), Prompt.WELCOME_OGG.bytes());
        try (PcmSource source = AudioFiles.open(lying)) {
            assertThat(source.channels()).isEqualTo(2);
            assertThat(source.sampleRate()).isEqualTo(44100);
        }
    }

    @Test
    void tagsAroundAnMp3AreNotPlayed() throws IOException {
        byte[] mp3 = Prompt.WELCOME_MP3.bytes();
        byte[] tag = new byte[10 + 3000];
        System.arraycopy("ID3\3\0\0\0\0\27\70".getBytes(StandardCharsets.ISO_8859_1), 0, tag, 0, 10);
        // Something that looks like a frame, in a picture say.
        Arrays.fill(tag, 100, 140, (byte) 0xFF);
        byte[] end = new byte[128];
        System.arraycopy("TAG".getBytes(StandardCharsets.ISO_8859_1), 0, end, 0, 3);

        Path tagged = write("tagged.mp3", tag, mp3, end);

        assertThat(telephoneSound(tagged)).isEqualTo(telephoneSound(write("plain.mp3", mp3)));
    }

    @Test
    void aMissingFileIsMissing() {
        assertThatThrownBy(() -> AudioFiles.open(folder.resolve("none.mp3"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatIsNoAudioIsNamed() throws IOException {
        assertRefused("empty", "");
        assertRefused("no MPEG layer III frame found, expected MP3, WAV or Ogg Vorbis", "Dear Sir or Madam,");
        assertRefused("AIFF, expected", "FORM1234AIFFCOMM");
        assertRefused("FLAC, expected", "fLaC and more");
        assertRefused("but not WAVE", "RIFF1234AVI LIST");
        assertRefused("no Ogg page", "OggZ".replace('Z', 'S'), "");
        assertThatThrownBy(() -> AudioFiles.open(folder)).hasMessageContaining("a folder");
    }

    @Test
    void aFileTooLargeIsNotEvenRead() throws IOException {
        Path large = folder.resolve("large.wav");
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(AudioFiles.MAX_BYTES + 1);
        }
        assertThatThrownBy(() -> AudioFiles.open(large))
                .isInstanceOf(AudioFormatException.class)
                .hasMessageContaining("expected at most 52428800");
    }

    @Test
    void aSoundTooLongIsCutOffWithAnError() throws IOException {
        Path endless = folder.resolve("endless.wav");
        byte[] wav = WavSourceTest.wav(1, 1, 8000, 8, -1, new byte[8000 * 601]);
        Files.write(endless, wav);
        assertThatThrownBy(() -> telephoneSound(endless))
                .isInstanceOf(AudioFormatException.class)
                .hasMessage("endless.wav: longer than 10 minutes");
    }

    private void assertRefused(String message, String... content) throws IOException {
        Path file = write("file", String.join("", content).getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> telephoneSound(file))
                .isInstanceOf(AudioFormatException.class)
                .hasMessageContaining(message.startsWith("no Ogg") ? "ends within the Ogg page at byte 0" : message);
    }

    private Path write(String name, byte[]... parts) throws IOException {
        var all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) all.write(part);
        return Files.write(folder.resolve(name), all.toByteArray());
    }

    static short[] telephoneSound(Path file) throws IOException {
        try (PcmSource source = AudioFiles.open(file)) {
            var resampler = new Resampler(source.sampleRate());
            var in = new float[1000];
            var out = new float[resampler.outputLimit(1000)];
            var sound = new short[16000];
            int length = 0;
            int count;
            do {
                count = source.read(in, 0, in.length);
                int n = count < 0 ? resampler.finish(out) : resampler.process(in, count, out);
                while (length + n > sound.length) sound = Arrays.copyOf(sound, 2 * sound.length);
                for (int i = 0; i < n; i++)
                    sound[length++] = (short) Math.clamp(Math.round(out[i] * 32768), -32768, 32767);
            } while (count >= 0);
            return Arrays.copyOf(sound, length);
        }
    }
}
