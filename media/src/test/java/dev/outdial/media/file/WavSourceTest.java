package dev.outdial.media.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavSourceTest {
    private static final byte[] FOUR_SAMPLES = {0, 0, 0, 0x40, 0, (byte) 0xC0, 0, (byte) 0x80};

    @TempDir
    private Path folder;

    /** A WAV file; a size of -1 stands for 0xFFFFFFFF as it is left by programs that stream. */
    static byte[] wav(int tag, int channels, int rate, int bits, int size, byte[] data) {
        return ByteBuffer.allocate(44 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(size == -1 ? -1 : size + 36)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) tag)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(rate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(size)
                .put(data)
                .array();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 0, -1, 4, 6, 9, Integer.MAX_VALUE})
    void theSoundIsAsLongAsTheDataWhateverTheHeaderSays(int declared) throws IOException {
        assertThat(samples(wav(1, 1, 8000, 16, declared, FOUR_SAMPLES))).containsExactly(0f, 0.5f, -0.5f, -1f);
    }

    @Test
    void chunksAfterTheDataAreNotPlayed() throws IOException {
        byte[] wav = wav(1, 1, 8000, 16, 8, FOUR_SAMPLES);
        byte[] withList = Arrays.copyOf(wav, wav.length + 12);
        System.arraycopy("LIST\4\0\0\0INFO".getBytes(StandardCharsets.ISO_8859_1), 0, withList, wav.length, 12);
        assertThat(samples(withList)).hasSize(4);
    }

    @Test
    void channelsAreMixedWithTheSameWeight() throws IOException {
        assertThat(samples(wav(1, 2, 8000, 16, 8, FOUR_SAMPLES))).containsExactly(0.25f, -0.75f);
    }

    @Test
    void everyEncodingHasItsScale() throws IOException {
        assertThat(samples(wav(1, 1, 8000, 8, 3, new byte[] {(byte) 128, (byte) 192, 0})))
                .containsExactly(0f, 0.5f, -1f);
        assertThat(samples(wav(1, 1, 8000, 24, 6, new byte[] {0, 0, 0x40, 0, 0, (byte) 0x80})))
                .containsExactly(0.5f, -1f);
        assertThat(samples(wav(1, 1, 8000, 32, 4, new byte[] {0, 0, 0, 0x40}))).containsExactly(0.5f);
        assertThat(samples(wav(3, 1, 8000, 32, 4, new byte[] {0, 0, 0, 0x3F}))).containsExactly(0.5f);
        assertThat(samples(wav(3, 1, 8000, 32, 4, new byte[] {0, 0, (byte) 0xC0, 0x7F})))
                .containsExactly(0f);
        assertThat(samples(wav(7, 1, 8000, 8, 2, new byte[] {(byte) 0xFF, (byte) 0x80})))
                .containsExactly(0f, 32124 / 32768f);
        assertThat(samples(wav(6, 1, 8000, 8, 1, new byte[] {(byte) 0xAA}))).containsExactly(32256 / 32768f);
    }

    @Test
    void anExtensibleFormatIsLookedInto() throws IOException {
        byte[] plain = wav(1, 1, 8000, 16, 8, FOUR_SAMPLES);
        var extensible = ByteBuffer.allocate(plain.length + 24).order(ByteOrder.LITTLE_ENDIAN);
        extensible.put(plain, 0, 36).putShort((short) 22).putShort((short) 16).putInt(4);
        extensible
                .putShort((short) 1)
                .put(HexFormat.of().parseHex(WavTag.GUID_TAIL))
                .put(plain, 36, 16);
        extensible.putInt(16, 40).putShort(20, (short) 0xFFFE);
        assertThat(samples(extensible.array())).containsExactly(0f, 0.5f, -0.5f, -1f);
        extensible.put(59, (byte) 0x72);
        assertRefused(extensible.array(), "WAV of the unknown kind 0100000000001000800000aa00389b72 at byte 44");
    }

    @Test
    void whatCannotBePlayedIsNamed() {
        assertRefused(wav(2, 1, 8000, 4, 8, FOUR_SAMPLES), "MS-ADPCM in blocks of 0 bytes at byte 32");
        assertRefused(wav(0x31, 1, 8000, 0, 8, FOUR_SAMPLES), "WAV with GSM 6.10 of 0 bits, expected PCM");
        assertRefused(wav(1, 0, 8000, 16, 8, FOUR_SAMPLES), "0 channels, expected 1 to 8");
        assertRefused(wav(1, 1, 0, 16, 8, FOUR_SAMPLES), "sample rate 0 Hz, expected 4000 to 192000 Hz");
        assertRefused(wav(1, 1, 8000, 16, 0, new byte[0]), "no sound in the data chunk at byte 36");
        assertRefused(Arrays.copyOf(wav(1, 1, 8000, 16, 8, FOUR_SAMPLES), 30), "fmt chunk of 10 bytes");
        assertRefused(Arrays.copyOf(wav(1, 1, 8000, 16, 8, FOUR_SAMPLES), 36), "no data chunk before the end");
    }

    private void assertRefused(byte[] wav, String message) {
        assertThatThrownBy(() -> samples(wav))
                .isInstanceOf(AudioFormatException.class)
                .hasMessageStartingWith("sound.wav: " + message);
    }

    private float[] samples(byte[] wav) throws IOException {
        Path file = Files.write(folder.resolve("sound.wav"), wav);
        try (PcmSource source = AudioFiles.open(file)) {
            var all = new float[100];
            int length = 0;
            for (int n; (n = source.read(all, length, 3)) >= 0; ) length += n;
            return Arrays.copyOf(all, length);
        }
    }
}
