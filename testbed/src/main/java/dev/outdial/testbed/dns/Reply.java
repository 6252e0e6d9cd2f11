package dev.outdial.testbed.dns;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes answers (RFC 1035 section 4), without compression of names. */
final class Reply {
    static final int NO_ERROR = 0;
    static final int SERVER_FAILURE = 2;
    static final int NO_SUCH_NAME = 3;
    static final int REFUSED = 5;

    // QR, AA, RD and RA: an answer from somebody who knows.
    private static final int ANSWERED = 0x8580;
    private static final int TRUNCATED = 0x0200;

    private Reply() {}

    /**
     * A record with the name it belongs to.
     *
     * @param data its RDATA
     */
    record Entry(String name, RecordType type, int ttlSeconds, byte[] data) {}

    static byte[] of(Query query, int responseCode, List<Entry> answers, List<Entry> authority) {
        return message(query, ANSWERED | responseCode, answers, authority);
    }

    /** Says that there is more than fits: ask again over TCP. */
    static byte[] truncated(Query query) {
        return message(query, ANSWERED | TRUNCATED, List.of(), List.of());
    }

    private static byte[] message(Query query, int flags, List<Entry> answers, List<Entry> authority) {
        return written(out -> {
            out.writeShort(query.id());
            out.writeShort(flags);
            out.writeShort(1);
            out.writeShort(answers.size());
            out.writeShort(authority.size());
            out.writeShort(0);
            out.write(query.questionBytes());
            for (Entry entry : answers) write(entry, out);
            for (Entry entry : authority) write(entry, out);
        });
    }

    private static void write(Entry entry, DataOutputStream out) throws IOException {
        writeName(entry.name(), out);
        out.writeShort(entry.type().number());
        out.writeShort(1);
        out.writeInt(entry.ttlSeconds());
        out.writeShort(entry.data().length);
        out.write(entry.data());
    }

    static void writeName(String name, DataOutputStream out) throws IOException {
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty()) continue;
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            if (bytes.length > 63) throw new IllegalArgumentException("a label of " + name + " is too long");
            out.writeByte(bytes.length);
            out.write(bytes);
        }
        out.writeByte(0);
    }

    /** A character string of RFC 1035 section 3.3. */
    static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > 255) throw new IllegalArgumentException("a text is longer than 255 characters");
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    /** Writes to memory. */
    @FunctionalInterface
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    static byte[] written(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
