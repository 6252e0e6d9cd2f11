package dev.outdial.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MediaLoopTest {
    /** Does nothing. */
    private static final class Idle implements LoopMember {
        @Override
        public boolean send(int missedTicks, long nowNanos) {
            return false;
        }

        @Override
        public void receive(long nowNanos) {}

        @Override
        public void failed(Throwable problem) {
            throw new AssertionError(problem);
        }
    }

    @Test
    void whateverATaskThrowsTheNextOneIsRun() throws Exception {
        try (MediaLoop loop = MediaLoop.start("test-media", 2)) {
            Membership member = loop.join(new Idle());
            var reached = new CountDownLatch(1);
            member.post(() -> {
                throw new LinkageError("an error, as it may happen anywhere");
            });
            member.post(() -> {
                throw new IllegalStateException("a fault");
            });
            member.post(reached::countDown);
            assertThat(reached.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }
}
