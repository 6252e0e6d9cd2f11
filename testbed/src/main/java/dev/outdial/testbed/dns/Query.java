package dev.outdial.testbed.dns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A query as it came (RFC 1035 section 4).
 *
 * @param id goes back in the answer
 * @param question the first one; clients ask no more
 * @param questionBytes the question as it stood on the wire, letters' case included
 */
record Query(int id, Question question, byte[] questionBytes) {
    private static final int HEADER_LENGTH = 12;

    /** Empty where the bytes are no query that we could answer. */
    static Optional<Query> read(byte[] message) {
        if (message.length < HEADER_LENGTH) return Optional.empty();
        var in = ByteBuffer.wrap(message);
        int id = in.getShort() & 0xffff;
        int flags = in.getShort();
        boolean query = flags >= 0;
        int questionCount = in.getShort() & 0xffff;
        in.position(HEADER_LENGTH);
        if (!query || questionCount < 1) return Optional.empty();
        var name = new StringBuilder();
        while (in.hasRemaining()) {
            int length = in.get() & 0xff;
            if (length == 0) break;
            // Nothing stands before the first name that it could point to.
            if (length > 63 || length > in.remaining()) return Optional.empty();
            var label = new byte[length];
            in.get(label);
            name.append(new String(label, StandardCharsets.US_ASCII)).append('.');
        }
        if (in.remaining() < 4) return Optional.empty();
        int type = in.getShort() & 0xffff;
        in.getShort();
        var bytes = new byte[in.position() - HEADER_LENGTH];
        in.get(HEADER_LENGTH, bytes);
        return Optional.of(new Query(id, Question.of(name.toString(), type), bytes));
    }
}
