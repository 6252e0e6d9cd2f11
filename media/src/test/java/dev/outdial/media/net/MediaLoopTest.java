package dev.outdial.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MediaLoopTest {
    @Test
    void whateverATaskThrowsTheNextOneIsRun() throws Exception {
        try (MediaLoop loop = MediaLoop.start()) {
            var reached = new CountDownLatch(1);
            loop.post(() -> {
                throw new LinkageError("an error, as it may happen anywhere");
            });
            loop.post(() -> {
                throw new IllegalStateException("a fault");
            });
            loop.post(reached::countDown);
            assertThat(reached.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }
}
