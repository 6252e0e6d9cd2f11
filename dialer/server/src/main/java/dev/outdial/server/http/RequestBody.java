package dev.outdial.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The body of a request, which must arrive in time and be no longer than it may. What is somewhat too long is read to its end before it is
 * refused: who still sends when the connection is closed may never see the answer. One thread.
 */
final class RequestBody {
    static final long MOST_SKIPPED_BYTES = 8L * 1024 * 1024;

    private final InputStream stream;
    private final long announcedLength;
    private final long deadlineNanos;
    private final LongSupplier nanos;

    /** It could not be taken; the reason is its cause. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient ProblemException problem;

        RefusedException(ProblemException problem) {
            super(problem);
            this.problem = problem;
        }

        ProblemException problem() {
            return problem;
        }
    }

    /** @param announcedLength as Content-Length says; -1 where it is not known */
    RequestBody(InputStream stream, long announcedLength, Duration timeout, LongSupplier nanos) {
        this.stream = stream;
        this.announcedLength = announcedLength;
        this.nanos = nanos;
        this.deadlineNanos = nanos.getAsLong() + timeout.toNanos();
    }

    byte[] read(int maxBytes) throws IOException {
        return upTo(maxBytes).readAllBytes();
    }

    /** What is read, with an exception where it becomes too long or takes too long. */
    InputStream upTo(long maxBytes) throws IOException {
        if (announcedLength > maxBytes) throw tooLarge(maxBytes);
        return new Limited(stream, maxBytes);
    }

    private RefusedException tooLarge(long maxBytes) throws IOException {
        if (announcedLength <= MOST_SKIPPED_BYTES) skip();
        return new RefusedException(
                new ProblemException(413, "too_large", "the body is longer than " + maxBytes + " bytes"));
    }

    private void skip() throws IOException {
        byte[] unread = new byte[8_192];
        long left = MOST_SKIPPED_BYTES;
        while (left > 0 && nanos.getAsLong() - deadlineNanos <= 0) {
            int read = stream.read(unread);
            if (read < 0) return;
            left -= read;
        }
    }

    private final class Limited extends FilterInputStream {
        private final long maxBytes;
        private long count;

        Limited(InputStream stream, long maxBytes) {
            super(stream);
            this.maxBytes = maxBytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) count += read;
            if (count > maxBytes) throw tooLarge(maxBytes);
            if (nanos.getAsLong() - deadlineNanos > 0)
                throw new RefusedException(
                        new ProblemException(408, "too_slow", "the request took too long to arrive"));
            return read;
        }
    }
}
