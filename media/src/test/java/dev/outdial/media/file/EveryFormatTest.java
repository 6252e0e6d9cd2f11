package dev.outdial.media.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryFormatTest {
    @TempDir
    private Path folder;

    /** ADPCM has whole blocks: what ffmpeg filled up is in the fact chunk, and so is sound. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mpeg1-stereo.mp3 | MP3                | 44100 | 2 | 11025
            mpeg2-stereo.mp3 | MP3                | 22050 | 2 |  5513
            mpeg25-mono.mp3  | MP3                |  8000 | 1 |  2000
            vorbis.ogg       | Ogg Vorbis         |  8000 | 1 |  2000
            celt-stereo.opus | Ogg Opus           | 48000 | 2 | 12000
            silk-mono.opus   | Ogg Opus           | 48000 | 1 | 12000
            pcm.aiff         | AIFF, PCM 16 bit   |  8000 | 1 |  2000
            mulaw.au         | AU, mu-law         |  8000 | 1 |  2000
            ms-adpcm.wav     | WAV, MS-ADPCM      |  8000 | 2 |  2196
            ima-adpcm.wav    | WAV, IMA-ADPCM     |  8000 | 2 |  2241
            float64.wav      | WAV, float 64 bit  |  8000 | 1 |  2000
            """)
    void aToneIsAsLongAndWhereItWas(String name, String format, int rate, int channels, int length) throws IOException {
        Sounds.Sound sound = read(Samples.bytes(name));

        assertThat(sound.format()).isEqualTo(format);
        assertThat(sound.sampleRate()).isEqualTo(rate);
        assertThat(sound.channels()).isEqualTo(channels);
        assertThat(sound.samples().length).isEqualTo(length);
        assertThat(toneToNoiseDb(sound)).isGreaterThan(name.endsWith(".opus") ? 8 : 15);
    }

    /** The tone as it was made, over what differs from it, without the ends: no decoder rings there as the encoder heard. */
    private static double toneToNoiseDb(Sounds.Sound sound) {
        double signal = 0;
        double noise = 0;
        int rate = sound.sampleRate();
        for (int i = rate / 20; i < rate / 5; i++) {
            double tone = 0.5 * Math.sin(2 * Math.PI * 700 * i / rate);
            signal += tone * tone;
            noise += Math.pow(tone - sound.samples()[i], 2);
        }
        return 10 * Math.log10(signal / noise);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vorbis.ogg", "celt-stereo.opus", "silk-mono.opus"})
    void streamsThatFollowOneAnotherAreOneSound(String name) throws IOException {
        byte[] one = Samples.bytes(name);
        float[] once = read(one).samples();

        float[] thrice = read(together(one, one, one)).samples();

        assertThat(thrice.length).isEqualTo(3 * once.length);
        for (int i = 0; i < 3; i++)
            assertThat(Arrays.equals(Arrays.copyOfRange(thrice, i * once.length, (i + 1) * once.length), once))
                    .isTrue();
    }

    @Test
    void aStreamOfAnotherRateIsRefusedWhereItBegins() {
        byte[] first = Samples.bytes("vorbis.ogg");
        assertThatThrownBy(() -> read(together(first, Samples.bytes("celt-stereo.opus"))))
                .isInstanceOf(AudioFormatException.class)
                .hasMessage(
                        "file: a stream of 48000 Hz, expected 8000 Hz like the one before it at byte " + first.length);
    }

    @Test
    void aStreamBesideTheSoundIsPassedOver() throws IOException {
        byte[] sound = Samples.bytes("vorbis.ogg");
        // An index as oggz writes it: a first page of its own before the sound's, and one more in between.
        byte[] index = page("fishead\0".getBytes(StandardCharsets.ISO_8859_1), 2, 77, 0);
        byte[] more = page(new byte[] {1, 2, 3}, 4, 77, 1);
        int firstPage = 28 + (sound[27] & 0xFF);
        byte[] rest = Arrays.copyOfRange(sound, firstPage, sound.length);

        byte[] mixed = together(index, Arrays.copyOf(sound, firstPage), more, rest);

        assertThat(Arrays.equals(read(mixed).samples(), read(sound).samples())).isTrue();
    }

    @Test
    void oggWithoutSoundWeKnowIsNamed() {
        assertThatThrownBy(() -> read(together(
                        page("Speex   1.2".getBytes(StandardCharsets.ISO_8859_1), 2, 1, 0),
                        page(new byte[] {1}, 4, 1, 1))))
                .hasMessage("file: no Vorbis and no Opus in this Ogg file, but Speex at byte 39");
    }

    private static byte[] page(byte[] packet, int flags, int serial, int sequence) {
        var page = ByteBuffer.allocate(28 + packet.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        page.put("OggS\0".getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) flags)
                .putLong(0);
        page.putInt(serial)
                .putInt(sequence)
                .putInt(0)
                .put((byte) 1)
                .put((byte) packet.length)
                .put(packet);
        return OggChecksums.repaired(page.array());
    }

    @Test
    void whatStandsAroundAnMp3IsNotPlayed() throws IOException {
        byte[] mp3 = Samples.bytes("mpeg2-stereo.mp3");
        byte[] picture = new byte[100_000];
        // A frame in the picture.
        System.arraycopy(mp3, 0, picture, 300, 700);
        byte[] tag = together(bytes("ID3\4\0\20\0\6\15\40"), picture, bytes("3DI\4\0\20\0\6\15\40"));
        byte[] ape = together(
                bytes("APETAGEX\320\7\0\0\30\0\0\0\1\0\0\0\0\0\0\240\0\0\0\0\0\0\0\0"),
                bytes("cover123"),
                new byte[16]);
        byte[] old = Arrays.copyOf(bytes("TAGWelcome"), 128);
        float[] plain = read(mp3).samples();

        for (byte[] tagged : new byte[][] {
            together(tag, mp3),
            together(tag, tag, mp3),
            together(mp3, old),
            together(mp3, ape, old),
            together(mp3, new byte[70_000]),
            together(new byte[300], mp3)
        }) assertThat(Arrays.equals(read(tagged).samples(), plain)).isTrue();
    }

    @Test
    void aFraunhoferTagIsNoSound() throws IOException {
        byte[] mp3 = Samples.bytes("no-tag.mp3");
        float[] plain = read(mp3).samples();
        byte[] tag = Arrays.copyOf(
                mp3, MpegHeader.parse(ByteBuffer.wrap(mp3).getInt()).frameByteLength());
        Arrays.fill(tag, 4, tag.length, (byte) 0);
        System.arraycopy(bytes("VBRI"), 0, tag, 36, 4);

        assertThat(Arrays.equals(read(together(tag, mp3)).samples(), plain)).isTrue();
        assertThat(plain.length % 1152).isZero();
    }

    @Test
    void damageBetweenOrWithinFramesIsNoNoise() {
        byte[] mp3 = Samples.bytes("no-tag.mp3");
        int third = MpegHeader.parse(ByteBuffer.wrap(mp3).getInt()).frameByteLength();
        third += MpegHeader.parse(ByteBuffer.wrap(mp3).getInt(third)).frameByteLength();
        byte[] head = Arrays.copyOf(mp3, third);
        byte[] tail = Arrays.copyOfRange(mp3, third, mp3.length);
        byte[] damaged = mp3.clone();
        Arrays.fill(damaged, third + 4, third + 21, (byte) 0xFF);

        assertThatThrownBy(() -> read(together(head, new byte[200_000], tail)))
                .hasMessage("file: no MPEG frame like those before it at byte " + third);
        assertThatThrownBy(() -> read(damaged)).hasMessage("file: damaged MPEG frame at byte " + third);
    }

    @Test
    void aMissingEndOfAWavIsNoNoise() throws IOException {
        byte[] wav = WavSourceTest.wav(1, 1, 8000, 16, 8, new byte[8]);
        byte[] list = bytes("LIST\377\1\0\0INFOISFT");
        assertThat(read(together(wav, list)).samples().length).isEqualTo(4);
        byte[] empty = WavSourceTest.wav(1, 1, 8000, 16, 0, list);
        assertThatThrownBy(() -> read(empty)).hasMessage("file: no sound in the data chunk at byte 36");
    }

    @Test
    void damagedBlocksAreRefusedWithTheirPlace() {
        byte[] ima = Samples.bytes("ima-adpcm.wav");
        int data = new String(ima, StandardCharsets.ISO_8859_1).indexOf("data") + 8;
        ima[data + 256 + 2] = 89;
        assertThatThrownBy(() -> read(ima))
                .hasMessage("file: IMA-ADPCM block with step 89, expected at most 88 at byte " + (data + 256));
        byte[] ms = Samples.bytes("ms-adpcm.wav");
        int start = new String(ms, StandardCharsets.ISO_8859_1).indexOf("data") + 8;
        ms[start] = 7;
        assertThatThrownBy(() -> read(ms))
                .hasMessage("file: MS-ADPCM block with predictor 7 of none such at byte " + start);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fLaC\\0                 | FLAC
            \\0\\0\\0\\40ftypM4A    | MP4 or AAC
            <!DOCTYPE html><html>   | a web page
            RIFX....WAVE            | RIFX (a WAV file with its bytes the other way round)
            #!AMR\\n                | AMR
            """)
    void whatIsSomethingElseIsNamed(String content, String name) {
        assertThatThrownBy(() -> read(bytes(content.translateEscapes())))
                .isInstanceOf(AudioFormatException.class)
                .hasMessage("file: " + name + ", expected MP3, WAV, Ogg Vorbis, Ogg Opus, AIFF or AU");
    }

    private Sounds.Sound read(byte[] content) throws IOException {
        return Sounds.read(Files.write(folder.resolve("file"), content));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] together(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }
}
