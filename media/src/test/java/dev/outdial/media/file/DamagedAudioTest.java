package dev.outdial.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class DamagedAudioTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Prompt.class)
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void aFileCutOffAnywherePlaysUpToThereOrIsRefused(Prompt prompt) throws IOException {
        byte[] whole = prompt.bytes();
        for (int length = 0; length < 300; length++) readOrRefuse(Arrays.copyOf(whole, length));
        for (int length = 300; length < 12_000; length += 97) readOrRefuse(Arrays.copyOf(whole, length));
    }

    @ParameterizedTest
    @EnumSource(Prompt.class)
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void flippedBytesNeverEndInAnythingButSoundOrARefusal(Prompt prompt) throws IOException {
        long seed = 20261121;
        var random = new Random(seed);
        byte[] start = Arrays.copyOf(prompt.bytes(), 9_000);
        for (int round = 0; round < 400; round++) {
            byte[] damaged = start.clone();
            // Headers stand at the start: most of the damage is done there.
            int range = round % 2 == 0 ? 600 : damaged.length;
            for (int i = 0; i <= round % 5; i++) damaged[random.nextInt(range)] = (byte) random.nextInt(256);
            readOrRefuse(damaged);
        }
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void damagedVorbisBehindAGoodChecksumIsSoundOrARefusal() throws IOException {
        var random = new Random(7);
        byte[] start = Arrays.copyOf(Prompt.WELCOME_OGG.bytes(), 9_000);
        for (int round = 0; round < 800; round++) {
            byte[] damaged = start.clone();
            for (int i = 0; i <= round % 4; i++) damaged[40 + random.nextInt(5_000)] = (byte) random.nextInt(256);
            readOrRefuse(OggChecksums.repaired(damaged));
        }
    }

    @Test
    void anOggPageThatWasChangedIsRefusedWithItsPlace() throws IOException {
        byte[] ogg = Prompt.WELCOME_OGG.bytes();
        ogg[70_000] ^= 1;
        assertThat(readOrRefuse(ogg)).startsWith("file: page checksum differs at byte ");
    }

    @Test
    void anOggFileCutOffInAPageIsRefused() throws IOException {
        byte[] ogg = Prompt.WELCOME_OGG.bytes();
        assertThat(readOrRefuse(Arrays.copyOf(ogg, ogg.length - 10)))
                .startsWith("file: ends within the Ogg page at byte ");
    }

    @Test
    void garbageBetweenMp3FramesIsRefusedAndNotPlayed() throws IOException {
        byte[] mp3 = Prompt.WELCOME_MP3.bytes();
        Arrays.fill(mp3, 30_000, 32_000, (byte) 7);
        assertThat(readOrRefuse(mp3)).startsWith("file: no MPEG frame like those before it at byte ");
    }

    /** Reads all of it; the message of the refusal, or an empty text. Every other exception is the test's failure. */
    private String readOrRefuse(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("file"), content);
        try (PcmSource source = AudioFiles.open(file)) {
            var samples = new float[4096];
            long count = 0;
            for (int n; (n = source.read(samples, 0, samples.length)) >= 0; count += n)
                assertThat(n).isPositive();
            assertThat(count).isPositive();
            return "";
        } catch (AudioFormatException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
