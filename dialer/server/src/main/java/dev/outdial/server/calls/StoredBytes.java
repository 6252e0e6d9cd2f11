package dev.outdial.server.calls;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a recording or of an upload.
 *
 * @param contentType such as {@code audio/wav}
 * @param byteLength how long all of it is
 * @param tag differs where the content does: printable ASCII without quotes
 * @param content opens it
 */
public record StoredBytes(String contentType, long byteLength, String tag, Content content) {
    /** Opens the content at a byte, 0 to {@link #byteLength}; who opens it closes it. */
    @FunctionalInterface
    public interface Content {
        InputStream openAt(long offset) throws IOException;
    }
}
