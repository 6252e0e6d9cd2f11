package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void whatIsTooLongIsReadToItsEndAndRefused() {
        var stream = new ByteArrayInputStream(new byte[100_000]);
        assertThatThrownBy(() -> new RequestBody(stream, 100_000, TIMEOUT, nanos::get).read(10))
                .hasMessageContaining("longer than 10 bytes");
        assertThat(stream.available()).isZero();
    }

    @Test
    void soIsWhatDidNotSayHowLongItIs() {
        var stream = new ByteArrayInputStream(new byte[100_000]);
        assertThatThrownBy(() -> new RequestBody(stream, -1, TIMEOUT, nanos::get).read(10))
                .hasMessageContaining("longer than 10 bytes");
        assertThat(stream.available()).isZero();
    }

    @Test
    void whatIsFarTooLongIsNotRead() {
        var stream = new ByteArrayInputStream(new byte[100]);
        assertThatThrownBy(
                        () -> new RequestBody(stream, RequestBody.MOST_SKIPPED_BYTES + 1, TIMEOUT, nanos::get).read(10))
                .hasMessageContaining("longer than 10 bytes");
        assertThat(stream.available()).isEqualTo(100);
    }

    @Test
    void whatNeverEndsIsReadForAWhile() {
        var stream = new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        };
        assertThatThrownBy(() -> new RequestBody(stream, -1, TIMEOUT, nanos::get).read(10))
                .hasMessageContaining("longer than 10 bytes");
    }

    @Test
    void whatComesTooLateIsRefused() {
        var body = new RequestBody(new ByteArrayInputStream(new byte[100]), 100, TIMEOUT, nanos::get);
        nanos.set(TIMEOUT.toNanos() + 1);
        assertThatThrownBy(() -> body.read(1_000)).hasMessageContaining("too long to arrive");
    }
}
