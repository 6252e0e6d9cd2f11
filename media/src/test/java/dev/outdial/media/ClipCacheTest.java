package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.fetch.Fetcher;
import dev.outdial.media.rtp.EncodedClip;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

    @Test
    void aSlowServerHoldsUpNobodyElse() throws Exception {
        Path file = Files.writeString(folder.resolve("song"), "content");
        var answered = new CountDownLatch(1);
        Fetcher slow = address -> {
            try {
                answered.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return file;
        };
        try (ExecutorService onlyWorker = Executors.newSingleThreadExecutor()) {
            var cache = new ClipCache(
                    onlyWorker,
                    new SoundFinder(Optional.of(slow), Optional.empty()),
                    1000,
                    (path, codec, levelled) -> new byte[320]);
            var remote = cache.encode(
                            new Sound.AtUrl(URI.create("http://example.com/a.wav")), AudioCodec.PCMU, 20, false)
                    .toCompletableFuture();

            assertThat(get(cache, file).millis()).isEqualTo(40);
            assertThat(remote).isNotDone();
            answered.countDown();
            // The same content is the same clip, wherever it came from.
            assertThat(remote.get(WORK_SECONDS, TimeUnit.SECONDS)).isSameAs(get(cache, file));
        }
    }

    private static EncodedClip get(ClipCache cache, Path file) throws Exception {
        return cache.encode(new Sound.InFile(file), AudioCodec.PCMU, 20, false)
                .toCompletableFuture()
                .get(WORK_SECONDS, TimeUnit.SECONDS);
    }
}
