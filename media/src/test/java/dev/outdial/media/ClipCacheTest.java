package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipCacheTest {
    private static final int WORK_SECONDS = 5;

    @TempDir
    private Path folder;

    @Test
    void afterAnErrorWhileDecodingTheSameFileCanBeAskedForAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("song"), "content");
        var asked = new AtomicInteger();
        var cache = new ClipCache(
                ForkJoinPool.commonPool(),
                new SoundFinder(Optional.empty(), Optional.empty()),
                1000,
                (path, codec, levelled) -> {
                    if (asked.incrementAndGet() == 1)
                        throw new StackOverflowError("an error, as it may happen anywhere");
                    return new byte[320];
                });
        assertThatThrownBy(() -> get(cache, file)).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(get(cache, file).millis()).isEqualTo(40);
        assertThat(asked).hasValue(2);
    }

    private static EncodedClip get(ClipCache cache, Path file) throws Exception {
        return cache.encode(new Sound.InFile(file), AudioCodec.PCMU, 20, false)
                .toCompletableFuture()
                .get(WORK_SECONDS, TimeUnit.SECONDS);
    }
}
