package dev.outdial.media.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCacheTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.now().minusSeconds(7200));

    @TempDir
    private Path folder = Path.of("");

    private Path old(String name) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[5000]);
        return Files.setLastModifiedTime(file, LONG_AGO);
    }

    @Test
    void otherPeoplesFilesInTheFolderStay() throws IOException {
        List<Path> theirs = List.of(
                old("film.mkv.part"), old("123.part"), old("diary.entry"), old("table.content"), old("ABC.content"));

        var cache = new ContentCache(folder, 1);
        cache.trim(cache.add(new ByteArrayInputStream(new byte[10])));

        assertThat(theirs).allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void whatIsOursAndOldGoes() throws IOException {
        Path part = old("outdial-123.part");
        Path unreadable = old("0".repeat(64) + ".entry");
        Path content = old("f".repeat(64) + ".content");

        var cache = new ContentCache(folder, 1);
        assertThat(part).doesNotExist();
        String hash = cache.add(new ByteArrayInputStream(new byte[10]));
        cache.trim(hash);

        assertThat(unreadable).doesNotExist();
        assertThat(content).doesNotExist();
        assertThat(cache.file(new CacheEntry(hash, Optional.empty(), Optional.empty(), 0, 0)))
                .exists();
    }
}
