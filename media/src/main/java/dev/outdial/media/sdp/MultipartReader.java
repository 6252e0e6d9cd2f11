package dev.outdial.media.sdp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Takes a multipart body apart (RFC 2046 section 5.1); used once. Lines may end in CRLF or LF. What stands before the first
 * boundary and after the closing one is passed over; a closing one that is missing is taken to stand at the end.
 */
final class MultipartReader {
    private static final int MAX_PARTS = 32;
    private static final int MAX_HEADERS = 64;
    private static final int MAX_BOUNDARY = 70;

    private final byte[] delimiter;
    private final byte[] body;
    private final List<Part> parts = new ArrayList<>();
    private OptionalInt partStart = OptionalInt.empty();

    /** One part; its headers by name in lower case. */
    static final class Part {
        private final Map<String, String> headers;
        private final byte[] content;

        private Part(Map<String, String> headers, byte[] content) {
            this.headers = headers;
            this.content = content;
        }

        /** The value of a header, empty where it is missing; {@code name} in lower case. */
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        byte[] content() {
            return content;
        }
    }

    MultipartReader(String boundary, byte[] body) throws SdpException {
        if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY)
            throw new SdpException(
                    "multipart body whose type names no boundary of 1 to " + MAX_BOUNDARY + " characters");
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.body = body;
    }

    List<Part> parts() throws SdpException {
        int line = 0;
        while (line < body.length) {
            int next = nextLine(line);
            if (isDelimiter(line, next)) {
                endPart(line);
                if (isClosing(line)) return parts;
                partStart = OptionalInt.of(next);
            }
            line = next;
        }
        endPart(body.length);
        return parts;
    }

    private int nextLine(int from) {
        int i = from;
        while (i < body.length && body[i] != '\n') i++;
        return Math.min(body.length, i + 1);
    }

    /** Whether a line is the boundary and nothing but white space and the two hyphens of the closing one. */
    private boolean isDelimiter(int line, int next) {
        int end = line + delimiter.length;
        if (end > next || !Arrays.equals(body, line, end, delimiter, 0, delimiter.length)) return false;
        int i = isClosing(line) ? end + 2 : end;
        while (i < next && (body[i] == ' ' || body[i] == '\t' || body[i] == '\r' || body[i] == '\n')) i++;
        return i == next;
    }

    private boolean isClosing(int line) {
        int end = line + delimiter.length;
        return end + 1 < body.length && body[end] == '-' && body[end + 1] == '-';
    }

    private void endPart(int delimiterAt) throws SdpException {
        if (partStart.isEmpty()) return;
        if (parts.size() == MAX_PARTS) throw new SdpException("multipart body of more than " + MAX_PARTS + " parts");
        parts.add(part(partStart.getAsInt(), delimiterAt));
    }

    private Part part(int from, int to) {
        Map<String, String> headers = new HashMap<>();
        String name = "";
        int line = from;
        while (line < to) {
            int next = Math.min(to, nextLine(line));
            String text = new String(body, line, next - line, StandardCharsets.ISO_8859_1);
            line = next;
            if (text.isBlank()) break;
            boolean folded = text.charAt(0) == ' ' || text.charAt(0) == '\t';
            int colon = text.indexOf(':');
            if (folded) headers.computeIfPresent(name, (key, value) -> value + " " + text.strip());
            else if (colon > 0 && headers.size() < MAX_HEADERS) {
                name = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                headers.put(name, text.substring(colon + 1).strip());
            } else name = "";
        }
        return new Part(headers, Arrays.copyOfRange(body, line, contentEnd(line, to)));
    }

    /** The line end before a boundary belongs to the boundary. */
    private int contentEnd(int from, int to) {
        int end = to;
        if (end > from && body[end - 1] == '\n') end--;
        if (end > from && body[end - 1] == '\r') end--;
        return end;
    }
}
