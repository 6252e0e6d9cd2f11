package dev.outdial.testbed.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds head and body of a message in bytes. Pure functions; nothing that arrives makes them throw. */
final class MessageReader {
    private MessageReader() {}

    static Optional<SipMessage> read(byte[] bytes) {
        int start = skipLineEnds(bytes, 0);
        int bodyAt = bodyStart(bytes, start);
        // A datagram that ends without the empty line is taken as a head without a body.
        int headEnd = bodyAt < 0 ? bytes.length : bodyAt;
        var head = new String(bytes, start, headEnd - start, StandardCharsets.UTF_8);
        return readHead(head).map(m -> {
            int available = bytes.length - headEnd;
            int length = contentLength(m).map(l -> (int) Math.min(l, available)).orElse(available);
            return new SipMessage(m.startLine(), m.headers(), Arrays.copyOfRange(bytes, headEnd, headEnd + length));
        });
    }

    private static Optional<SipMessage> readHead(String head) {
        var lines = unfolded(head);
        if (lines.isEmpty()) return Optional.empty();
        var headers = new ArrayList<SipHeader>();
        for (var line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0)
                headers.add(new SipHeader(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip()));
        }
        return StartLine.parse(lines.getFirst()).map(s -> new SipMessage(s, headers, new byte[0]));
    }

    private static List<String> unfolded(String head) {
        var lines = new ArrayList<String>();
        head.lines().forEach(line -> {
            boolean continues = line.startsWith(" ") || line.startsWith("\t");
            if (continues && lines.size() > 1) lines.add(lines.removeLast() + " " + line.strip());
            else if (!line.isBlank()) lines.add(line);
        });
        return lines;
    }

    static Optional<Long> contentLength(SipMessage message) {
        return message.header("Content-Length").flatMap(v -> Texts.number(v, 0, Integer.MAX_VALUE));
    }

    static int skipLineEnds(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && (bytes[at] == '\r' || bytes[at] == '\n')) at++;
        return at;
    }

    /** Where the body starts: after the first empty line; -1 when there is no empty line yet. */
    static int bodyStart(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != '\n') continue;
            if (i + 1 < bytes.length && bytes[i + 1] == '\n') return i + 2;
            if (i + 2 < bytes.length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') return i + 3;
        }
        return -1;
    }
}
