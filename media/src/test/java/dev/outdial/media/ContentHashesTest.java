package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.file.AudioFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ContentHashesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private final ContentHashes hashes = new ContentHashes(Clock.fixed(NOW, ZoneOffset.UTC));

    private Path write(String name, String content, Instant modified) throws Exception {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(modified));
        return file;
    }

    private String of(Path file) throws IOException {
        return hashes.of(file, "sound");
    }

    @Test
    void whatIsTheSameToTheByteHasTheSameName() throws Exception {
        Instant old = NOW.minusSeconds(60);
        assertThat(of(write("a", "sound", old)))
                .isEqualTo(of(write("b", "sound", old)))
                .isNotEqualTo(of(write("c", "other", old)));
    }

    @Test
    void aFileThatIsWrittenAgainHasAnotherName() throws Exception {
        String before = of(write("a", "sound", NOW.minusSeconds(60)));
        assertThat(of(write("a", "other", NOW.minusSeconds(50)))).isNotEqualTo(before);
    }

    @Test
    void aFileThatWasJustWrittenIsReadAgainThoughItLooksTheSame() throws Exception {
        String before = of(write("a", "sound", NOW.minusMillis(500)));
        assertThat(of(write("a", "other", NOW.minusMillis(500)))).isNotEqualTo(before);
    }

    @Test
    void aFileThatHasSettledIsNotReadAgain() throws Exception {
        Instant old = NOW.minusSeconds(60);
        Path file = write("a", "sound", old);
        String before = of(file);
        // Nobody writes so; it shows that the file was not opened.
        try (var out = Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE)) {
            out.write(java.nio.ByteBuffer.wrap("other".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        }
        Files.setLastModifiedTime(file, FileTime.from(old));
        assertThat(of(file)).isEqualTo(before);
    }

    @Test
    void aMissingFileIsSaidToBeMissing() {
        assertThatThrownBy(() -> of(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    /** It has nobody who writes to it: opening it would wait for ever. */
    @Test
    @Timeout(20)
    void aPipeIsRefusedUnopened() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> of(pipe))
                .isInstanceOf(AudioFormatException.class)
                .hasMessage("sound: a device or pipe, expected a file");
    }

    @Test
    void aFolderIsNoSound() {
        assertThatThrownBy(() -> of(folder))
                .isInstanceOf(AudioFormatException.class)
                .hasMessageStartingWith("sound: a folder");
    }
}
