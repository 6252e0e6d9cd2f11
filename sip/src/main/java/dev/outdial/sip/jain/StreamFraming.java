package dev.outdial.sip.jain;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Follows the messages of a TCP stream (RFC 3261 section 18.3) so far as to know where each ends, and says when a stream must be cut:
 * a head above 8 KB, a message above 16 KB, a Content-Length that is none, a CR without LF, or a message that takes longer than ten
 * seconds. jain-sip's reader dies of some of these and waits for ever for others. Mutable with one owner; reads no clock.
 */
final class StreamFraming {
    private static final int LARGEST_HEAD_BYTES = 8_192;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int NAME_CHARACTERS = 32;

    private final StringBuilder line = new StringBuilder();
    private int headBytes;
    private int lineBytes;
    private int contentLength;
    private int bodyBytesLeft;
    private boolean afterCr;
    private boolean inMessage;
    private long startedNanos;

    /** Takes what was read; false where the stream must be cut. */
    boolean follow(byte[] bytes, int offset, int byteLength, long nowNanos) {
        for (int i = offset; i < offset + byteLength; i++) {
            if (!follow(bytes[i], nowNanos)) return false;
        }
        return !inMessage || nowNanos - startedNanos <= LONGEST_NANOS;
    }

    /** When the message that has begun must be complete; empty between messages. */
    OptionalLong deadlineNanos() {
        return inMessage ? OptionalLong.of(startedNanos + LONGEST_NANOS) : OptionalLong.empty();
    }

    private boolean follow(byte b, long nowNanos) {
        if (bodyBytesLeft > 0) {
            bodyBytesLeft--;
            inMessage = bodyBytesLeft > 0;
            return true;
        }
        if (afterCr && b != '\n') return false;
        afterCr = b == '\r';
        if (afterCr) return true;
        if (b == '\n') return endLine();
        return inLine(b, nowNanos);
    }

    private boolean inLine(byte b, long nowNanos) {
        if (!inMessage) {
            inMessage = true;
            startedNanos = nowNanos;
            headBytes = 0;
            contentLength = 0;
        }
        headBytes++;
        lineBytes++;
        // Enough of each line to recognise "Content-Length: 12345".
        if (line.length() < NAME_CHARACTERS) line.append((char) (b & 0xff));
        return headBytes <= LARGEST_HEAD_BYTES;
    }

    private boolean endLine() {
        // Empty lines between messages keep the connection alive (RFC 5626 3.5.1).
        if (!inMessage) return true;
        if (lineBytes == 0) {
            bodyBytesLeft = contentLength;
            inMessage = bodyBytesLeft > 0;
            return headBytes + bodyBytesLeft <= SizeAndRateGuard.LARGEST_MESSAGE_BYTES;
        }
        boolean sound = readLength(line.toString(), lineBytes);
        line.setLength(0);
        lineBytes = 0;
        return sound;
    }

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
        if (number) contentLength = Integer.parseInt(digits);
        return number;
    }
}
