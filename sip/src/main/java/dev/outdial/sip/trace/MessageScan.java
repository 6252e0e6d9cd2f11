package dev.outdial.sip.trace;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What the bytes of a SIP message say of the message, found without parsing the rest: enough to know whose it is and what to call
 * it. Bounded: it looks at the first {@value #MAX_HEAD} bytes and {@value #MAX_LINES} lines, whatever they hold, and throws nothing.
 *
 * @param isRequest whether it is a request
 * @param method the request's method, or the one that the response's CSeq names
 * @param status the response's status, 100-699; 0 for a request
 * @param startLine the first line, cut after {@value #MAX_SHOWN} characters
 * @param callId the Call-ID
 * @param cseq the number in CSeq, 0 to 2^32-1
 * @param toTagged whether To has a tag: a request with one belongs to a dialog
 */
public record MessageScan(
        boolean isRequest, String method, int status, String startLine, String callId, long cseq, boolean toTagged) {
    private static final int MAX_HEAD = 8 * 1024;
    private static final int MAX_LINES = 200;
    private static final int MAX_SHOWN = 200;
    private static final int MAX_CALL_ID = 255;
    private static final String VERSION = "SIP/2.0";

    /** Reads a message; empty where it is none, or one without a Call-ID or CSeq. */
    public static Optional<MessageScan> of(byte[] bytes, int offset, int byteLength) {
        return new Scanner(bytes, offset, Math.min(byteLength, MAX_HEAD)).scan();
    }

    /** Reads a message that is a text of one character a byte. */
    static Optional<MessageScan> of(String latin1) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return of(bytes, 0, bytes.length);
    }

    private static final class Scanner {
        private final byte[] bytes;
        private final int end;
        private int at;
        private String callId = "";
        private String cseqMethod = "";
        private long cseq = -1;
        private boolean toTagged;

        Scanner(byte[] bytes, int offset, int byteLength) {
            this.bytes = bytes;
            this.at = offset;
            this.end = offset + byteLength;
        }

        Optional<MessageScan> scan() {
            while (at < end && (bytes[at] == '\r' || bytes[at] == '\n')) at++;
            String start = text(at, lineEnd());
            boolean isRequest = start.endsWith(VERSION) && start.indexOf(' ') > 0;
            int status = isRequest ? 0 : statusOf(start);
            if (!isRequest && status == 0) return Optional.empty();
            nextLine();
            for (int lines = 0; lines < MAX_LINES && at < end; lines++) {
                int lineEnd = lineEnd();
                if (lineEnd == at) break;
                header(lineEnd);
                nextLine();
            }
            String method = isRequest ? start.substring(0, start.indexOf(' ')) : cseqMethod;
            if (callId.isEmpty() || cseq < 0 || method.isEmpty()) return Optional.empty();
            return Optional.of(new MessageScan(
                    isRequest,
                    method.toUpperCase(Locale.ROOT),
                    status,
                    start.length() > MAX_SHOWN ? start.substring(0, MAX_SHOWN) : start,
                    callId,
                    cseq,
                    toTagged));
        }

        /** Looks at the bytes: only the three lines that matter become texts. */
        private void header(int lineEnd) {
            int colon = at;
            while (colon < lineEnd && bytes[colon] != ':') colon++;
            int nameEnd = colon;
            while (nameEnd > at && isBlank(bytes[nameEnd - 1])) nameEnd--;
            if (colon == lineEnd) return;
            if (callId.isEmpty() && (is(nameEnd, "call-id") || is(nameEnd, "i"))) {
                String value = text(colon + 1, lineEnd).strip();
                if (value.length() <= MAX_CALL_ID) callId = value;
            } else if (cseq < 0 && is(nameEnd, "cseq")) {
                readCseq(text(colon + 1, lineEnd).strip());
            } else if (!toTagged && (is(nameEnd, "to") || is(nameEnd, "t"))) {
                String value = text(colon + 1, lineEnd);
                // Behind the address: a parameter within it is the URI's.
                toTagged = value.substring(value.lastIndexOf('>') + 1)
                        .toLowerCase(Locale.ROOT)
                        .replace(" ", "")
                        .contains(";tag=");
            }
        }

        private void readCseq(String value) {
            int digits = 0;
            while (digits < value.length() && value.charAt(digits) >= '0' && value.charAt(digits) <= '9') digits++;
            if (digits == 0 || digits > 10) return;
            cseq = Long.parseLong(value, 0, digits, 10);
            cseqMethod = value.substring(digits).strip();
        }

        private boolean is(int nameEnd, String lowerCase) {
            if (nameEnd - at != lowerCase.length()) return false;
            for (int i = 0; i < lowerCase.length(); i++) {
                if (Character.toLowerCase((char) (bytes[at + i] & 0xFF)) != lowerCase.charAt(i)) return false;
            }
            return true;
        }

        private int lineEnd() {
            int lineEnd = at;
            while (lineEnd < end && bytes[lineEnd] != '\n') lineEnd++;
            return lineEnd > at && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        }

        private void nextLine() {
            while (at < end && bytes[at] != '\n') at++;
            at++;
        }

        private String text(int from, int to) {
            return to <= from ? "" : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }

        private static int statusOf(String line) {
            if (!line.startsWith(VERSION + " ") || line.length() < VERSION.length() + 4) return 0;
            int status = 0;
            for (int i = VERSION.length() + 1; i < VERSION.length() + 4; i++) {
                char digit = line.charAt(i);
                if (digit < '0' || digit > '9') return 0;
                status = 10 * status + digit - '0';
            }
            return status < 100 || status > 699 ? 0 : status;
        }

        private static boolean isBlank(byte b) {
            return b == ' ' || b == '\t';
        }
    }
}
