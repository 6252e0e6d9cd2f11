package dev.outdial.sip.jain;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Looks into the bytes of a message before it is parsed: cheap, bounded, and without trusting any of it. */
final class CallIdScan {
    private static final int LONGEST_VALUE = 256;
    private static final byte[] NAME = "call-id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMPACT = {'i'};

    private CallIdScan() {}

    /** The first Call-ID of the head, written out or as {@code i}; empty where there is none, or an endless one. */
    static Optional<String> callId(byte[] bytes, int offset, int byteLength) {
        int end = offset + byteLength;
        int at = nextLine(bytes, start(bytes, offset, end), end);
        while (at < end && !endsLine(bytes[at])) {
            int value = value(bytes, at, end, NAME);
            if (value < 0) value = value(bytes, at, end, COMPACT);
            if (value >= 0) return text(bytes, value, end);
            at = nextLine(bytes, at, end);
        }
        return Optional.empty();
    }

    /**
     * Whether the head holds a NUL, but as a quoted-pair (RFC 3261 section 25.1): no other header of SIP does, and texts that end at one are
     * read differently by everybody.
     */
    static boolean hasNul(byte[] bytes, int offset, int byteLength) {
        int end = offset + byteLength;
        for (int i = start(bytes, offset, end); i < end; i++) {
            if (bytes[i] == 0 && (i == offset || bytes[i - 1] != '\\')) return true;
            if (bytes[i] == '\n' && i + 1 < end && endsLine(bytes[i + 1])) return false;
        }
        return false;
    }

    /** Whether it only keeps something open: white space or NULs, a few of them (RFC 5626 section 3.5.1, and what SIP proxies send). */
    static boolean isKeepAlive(byte[] bytes, int offset, int byteLength) {
        if (byteLength > 16) return false;
        for (int i = offset; i < offset + byteLength; i++) {
            if (bytes[i] < 0 || bytes[i] > ' ') return false;
        }
        return true;
    }

    // Where the value of a header with that name begins; -1 where the line is another.
    private static int value(byte[] bytes, int lineStart, int end, byte[] name) {
        if (end - lineStart <= name.length) return -1;
        for (int i = 0; i < name.length; i++) {
            if (lower(bytes[lineStart + i]) != name[i]) return -1;
        }
        int at = blanks(bytes, lineStart + name.length, end);
        return at < end && bytes[at] == ':' ? blanks(bytes, at + 1, end) : -1;
    }

    private static Optional<String> text(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && at - start <= LONGEST_VALUE && !endsLine(bytes[at])) at++;
        if (at - start > LONGEST_VALUE) return Optional.empty();
        String value = new String(bytes, start, at - start, StandardCharsets.UTF_8).strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    // RFC 3261 section 7.5: empty lines before the first are no part of the message.
    private static int start(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && endsLine(bytes[at])) at++;
        return at;
    }

    private static int nextLine(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && !endsLine(bytes[at])) at++;
        if (at < end && bytes[at] == '\r') at++;
        if (at < end && bytes[at] == '\n') at++;
        return at;
    }

    private static int blanks(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) at++;
        return at;
    }

    private static boolean endsLine(byte b) {
        return b == '\r' || b == '\n';
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }
}
