package dev.outdial.media.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** A body that is cut where it becomes too long. Counts what comes out, whatever a header says. */
final class BoundedBody extends InputStream {
    private final InputStream in;
    private final long maxBytes;
    private final FetchException tooLong;
    private final Function<IOException, FetchException> explain;
    private long byteCount;

    BoundedBody(InputStream in, long maxBytes, FetchException tooLong, Function<IOException, FetchException> explain) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.tooLong = tooLong;
        this.explain = explain;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count;
        try {
            count = in.read(target, offset, length);
        } catch (IOException broken) {
            throw explain.apply(broken);
        }
        if (count > 0) byteCount += count;
        if (byteCount > maxBytes) throw tooLong;
        return count;
    }
}
