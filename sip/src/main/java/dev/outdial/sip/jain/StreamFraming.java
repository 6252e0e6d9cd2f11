package dev.outdial.sip.jain;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Follows the messages of a TCP stream (RFC 3261 section 18.3) so far as to know where each begins and ends, and says when a stream must be
 * cut: a head above 8 KB, a message above 16 KB, a Content-Length that is none or not the only one, a CR without LF, or a message that takes
 * longer than ten seconds. jain-sip's reader dies of some of these and waits for ever for others. Mutable with one owner; reads no clock.
 */
final class StreamFraming {
    private static final int LARGEST_HEAD_BYTES = 8_192;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int NAME_CHARACTERS = 32;
    private static final int NONE = -1;

    private final StringBuilder line = new StringBuilder();
    private int headBytes;
    private int lineBytes;
    private int contentLength;
    private int bodyBytesLeft;
    private boolean afterCr;
    private boolean inMessage;
    private long startedNanos;

    /** What a byte is. */
    enum Place {
        /** Nothing that may be read: here the stream must be cut. */
        FORBIDDEN,
        /** Of the CR and LF that keep the connection alive between messages. */
        BETWEEN,
        /** Of a message that is not complete. */
        WITHIN,
        /** The last one of a message. */
        LAST
    }

    /** Takes what was read; false where the stream must be cut. */
    boolean follow(byte[] bytes, int offset, int byteLength, long nowNanos) {
        for (int i = offset; i < offset + byteLength; i++) {
            if (follow(bytes[i], nowNanos) == Place.FORBIDDEN) return false;
        }
        return inTime(nowNanos);
    }

    /** Takes one byte. */
    Place follow(byte b, long nowNanos) {
        if (bodyBytesLeft > 0) {
            bodyBytesLeft--;
            inMessage = bodyBytesLeft > 0;
            return inMessage ? Place.WITHIN : Place.LAST;
        }
        if (afterCr && b != '\n') return Place.FORBIDDEN;
        afterCr = b == '\r';
        if (afterCr) return inMessage ? Place.WITHIN : Place.BETWEEN;
        if (b == '\n') return endLine();
        return inLine(b, nowNanos);
    }

    /** Whether the message that has begun may still go on. */
    boolean inTime(long nowNanos) {
        return !inMessage || nowNanos - startedNanos <= LONGEST_NANOS;
    }

    /** When the message that has begun must be complete; empty between messages. */
    OptionalLong deadlineNanos() {
        return inMessage ? OptionalLong.of(startedNanos + LONGEST_NANOS) : OptionalLong.empty();
    }

    private Place inLine(byte b, long nowNanos) {
        if (!inMessage) {
            inMessage = true;
            startedNanos = nowNanos;
            headBytes = 0;
            contentLength = NONE;
        }
        headBytes++;
        lineBytes++;
        // Enough of each line to recognise "Content-Length: 12345".
        if (line.length() < NAME_CHARACTERS) line.append((char) (b & 0xff));
        return headBytes <= LARGEST_HEAD_BYTES ? Place.WITHIN : Place.FORBIDDEN;
    }

    private Place endLine() {
        // Empty lines between messages keep the connection alive (RFC 5626 3.5.1).
        if (!inMessage) return Place.BETWEEN;
        if (lineBytes == 0) return endHead();
        boolean sound = readLength(line.toString(), lineBytes);
        line.setLength(0);
        lineBytes = 0;
        return sound ? Place.WITHIN : Place.FORBIDDEN;
    }

    private Place endHead() {
        bodyBytesLeft = Math.max(0, contentLength);
        inMessage = bodyBytesLeft > 0;
        if (headBytes + bodyBytesLeft > SizeAndRateGuard.LARGEST_MESSAGE_BYTES) return Place.FORBIDDEN;
        return inMessage ? Place.WITHIN : Place.LAST;
    }

    // Two that differ let one program see an end where another sees none.
    private boolean readLength(String header, int wholeBytes) {
        int colon = header.indexOf(':');
        if (colon < 0) return true;
        String name = header.substring(0, colon).strip();
        if (!name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("l")) return true;
        String digits = header.substring(colon + 1).strip();
        boolean number = wholeBytes < NAME_CHARACTERS
                && !digits.isEmpty()
                && digits.length() <= 5
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) return false;
        int length = Integer.parseInt(digits);
        if (contentLength != NONE && contentLength != length) return false;
        contentLength = length;
        return true;
    }
}
