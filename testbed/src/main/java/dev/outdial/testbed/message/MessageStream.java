package dev.outdial.testbed.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the bytes of a TCP connection into SIP messages by Content-Length (RFC 3261 18.3). Mutable, for one thread.
 * After something that cannot be a message, the stream is {@link #broken()} and gives nothing more.
 */
public final class MessageStream {
    private static final int MOST_BYTES = 64 * 1024;

    private byte[] pending = new byte[0];
    private boolean broken;

    /** Takes the next bytes and gives the messages that are complete now, in order. */
    public List<SipMessage> feed(byte[] bytes, int offset, int length) {
        if (broken) return List.of();
        int had = pending.length;
        pending = Arrays.copyOf(pending, had + length);
        System.arraycopy(bytes, offset, pending, had, length);
        var complete = new ArrayList<SipMessage>();
        int end;
        while (!broken && (end = messageEnd()) >= 0) {
            MessageReader.read(Arrays.copyOf(pending, end)).ifPresentOrElse(complete::add, () -> broken = true);
            pending = Arrays.copyOfRange(pending, end, pending.length);
        }
        if (pending.length > MOST_BYTES) broken = true;
        if (broken) pending = new byte[0];
        return List.copyOf(complete);
    }

    /** Where the first message ends; -1 when it is not all there. Line ends between messages are keep-alives (RFC 5626 4.4.1). */
    private int messageEnd() {
        int start = MessageReader.skipLineEnds(pending, 0);
        if (start > 0) pending = Arrays.copyOfRange(pending, start, pending.length);
        int bodyAt = MessageReader.bodyStart(pending, 0);
        if (bodyAt < 0) return -1;
        var head = MessageReader.read(Arrays.copyOf(pending, bodyAt));
        if (head.isEmpty()) {
            broken = true;
            return -1;
        }
        long length = MessageReader.contentLength(head.get()).orElse(0L);
        if (length > MOST_BYTES) {
            broken = true;
            return -1;
        }
        int end = bodyAt + (int) length;
        return end <= pending.length ? end : -1;
    }

    /** Whether something arrived that no message can begin with, or one that is too large. */
    public boolean broken() {
        return broken;
    }
}
