package dev.outdial.sip.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * The messages of one call, at most {@value #MAX_BYTES} bytes of them. Where there is no more room, those fall out first that say
 * least of how the call went: repeated ones, then what refreshes or changes the session (re-INVITE, UPDATE, INFO, OPTIONS, NOTIFY
 * and their answers), then ACK, PRACK and 100, then ringing; of equals the oldest. What is left then, the INVITE, its answers and the
 * end, is cut, and the first message is the last to go. An immutable value.
 *
 * @param messages in the order in which they went over the wire
 * @param dropped how many fell out
 * @param byteLength how much memory the messages take, about
 */
public record MessageLog(List<TracedMessage> messages, int dropped, int byteLength) {
    /** The most that is kept of a call. */
    public static final int MAX_BYTES = 16 * 1024;

    /** Nothing yet. */
    public static final MessageLog EMPTY = new MessageLog(List.of(), 0, 0);

    private static final int MAX_TEXT = 4 * 1024;
    private static final int CUT_TEXT = 768;
    /** What a message takes beside its text, about. */
    private static final int OVERHEAD_BYTES = 256;

    /** Takes a copy. */
    public MessageLog {
        messages = List.copyOf(messages);
    }

    /** How much a message says of a call, least first. */
    private enum Weight {
        REPEATED,
        REFRESH,
        ACKNOWLEDGEMENT,
        RINGING,
        ESSENTIAL
    }

    /** With one more message. */
    public MessageLog with(TracedMessage message) {
        var all = new ArrayList<>(messages);
        all.add(sharing(cut(message, MAX_TEXT)));
        int length = byteLength + byteLength(all, all.size() - 1);
        if (length <= MAX_BYTES) return new MessageLog(all, dropped, length);
        int out = 0;
        for (length = byteLength(all); length > MAX_BYTES; length = byteLength(all)) {
            int lightest = lightest(all);
            if (weight(all, lightest) == Weight.ESSENTIAL && cutOne(all)) continue;
            all.remove(lightest);
            out++;
        }
        return new MessageLog(all, dropped + out, length);
    }

    /** With those of a later attempt of the same call; there is no more room for both than for one. */
    public MessageLog and(MessageLog later) {
        if (messages.isEmpty() && dropped == 0) return later;
        var joined = this;
        for (TracedMessage message : later.messages) joined = joined.with(message);
        return new MessageLog(joined.messages, joined.dropped + later.dropped, joined.byteLength);
    }

    /** Whether the message at a place is one that went the same way before. */
    public boolean isRepeated(int place) {
        return repeats(messages, place);
    }

    private static int byteLength(List<TracedMessage> all) {
        int length = 0;
        for (int i = 0; i < all.size(); i++) length += byteLength(all, i);
        return length;
    }

    private static int byteLength(List<TracedMessage> all, int place) {
        return OVERHEAD_BYTES + (repeats(all, place) ? 0 : all.get(place).kept().length());
    }

    /** A repeated message has the text of the first. */
    private TracedMessage sharing(TracedMessage message) {
        return messages.stream()
                .filter(earlier -> earlier.kept().equals(message.kept()))
                .findFirst()
                .map(earlier -> message.keeping(earlier.kept()))
                .orElse(message);
    }

    private static boolean repeats(List<TracedMessage> all, int place) {
        TracedMessage message = all.get(place);
        for (int i = 0; i < place; i++) {
            TracedMessage earlier = all.get(i);
            if (earlier.direction() == message.direction() && earlier.kept().equals(message.kept())) return true;
        }
        return false;
    }

    private static TracedMessage cut(TracedMessage message, int length) {
        String kept = message.kept();
        if (kept.length() <= length) return message;
        int end = length;
        // Not within a character of UTF-8.
        while (end > length - 4 && (kept.charAt(end) & 0xC0) == 0x80) end--;
        return message.keeping(kept.substring(0, end) + "\r\n[cut]");
    }

    /** Cuts the longest; false where none is long. */
    private static boolean cutOne(List<TracedMessage> all) {
        int longest = 0;
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).kept().length() > all.get(longest).kept().length()) longest = i;
        }
        TracedMessage message = all.get(longest);
        if (message.kept().length() <= CUT_TEXT + 16) return false;
        all.set(longest, cut(message, CUT_TEXT));
        return true;
    }

    private static int lightest(List<TracedMessage> all) {
        int lightest = 1;
        for (int i = 2; i < all.size(); i++) {
            if (weight(all, i).compareTo(weight(all, lightest)) < 0) lightest = i;
        }
        return lightest;
    }

    private static Weight weight(List<TracedMessage> all, int place) {
        if (repeats(all, place)) return Weight.REPEATED;
        TracedMessage message = all.get(place);
        MessageScan scan = message.scan();
        return switch (scan.method()) {
            case "INVITE" -> {
                if (isWithinDialog(all, message)) yield Weight.REFRESH;
                if (scan.isRequest() || scan.status() >= 200) yield Weight.ESSENTIAL;
                yield scan.status() == 100 ? Weight.ACKNOWLEDGEMENT : Weight.RINGING;
            }
            case "BYE", "CANCEL" -> Weight.ESSENTIAL;
            case "ACK", "PRACK" -> Weight.ACKNOWLEDGEMENT;
            default -> Weight.REFRESH;
        };
    }

    /** Whether it is a re-INVITE, or the answer to one. */
    private static boolean isWithinDialog(List<TracedMessage> all, TracedMessage message) {
        MessageScan scan = message.scan();
        if (scan.isRequest()) return scan.toTagged();
        for (TracedMessage other : all) {
            MessageScan request = other.scan();
            if (request.isRequest()
                    && request.method().equals("INVITE")
                    && request.cseq() == scan.cseq()
                    && other.direction() != message.direction()) return request.toTagged();
        }
        // The request of a first INVITE stays: whose request is gone answers a refresh.
        return true;
    }
}
