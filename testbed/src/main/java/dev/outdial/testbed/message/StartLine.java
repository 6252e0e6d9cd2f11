package dev.outdial.testbed.message;

import java.util.Optional;

/** The first line of a SIP message: what is asked, or what is answered. */
public sealed interface StartLine {

    /**
     * The first line of a request.
     *
     * @param method the method as written, such as {@code INVITE}
     * @param uri the request URI as written
     */
    record Request(String method, String uri) implements StartLine {
        @Override
        public String text() {
            return method + " " + uri + " SIP/2.0";
        }
    }

    /**
     * The first line of a response.
     *
     * @param code the status, 100 to 699
     * @param reason the reason phrase, possibly empty
     */
    record Status(int code, String reason) implements StartLine {
        @Override
        public String text() {
            return "SIP/2.0 " + code + " " + reason;
        }
    }

    /** The line as it is written, without its line end. */
    String text();

    /** Reads a first line; empty when it is neither a request line nor a status line of SIP/2.0. */
    static Optional<StartLine> parse(String line) {
        int first = line.indexOf(' ');
        if (first <= 0) return Optional.empty();
        int second = line.indexOf(' ', first + 1);
        var head = line.substring(0, first);
        if (head.equalsIgnoreCase("SIP/2.0")) {
            var code = second < 0 ? line.substring(first + 1) : line.substring(first + 1, second);
            var reason = second < 0 ? "" : line.substring(second + 1).strip();
            return Texts.number(code, 100, 699).map(c -> new Status(c.intValue(), reason));
        }
        if (second < 0 || !line.substring(second + 1).strip().equalsIgnoreCase("SIP/2.0")) return Optional.empty();
        var uri = line.substring(first + 1, second);
        if (uri.isEmpty() || !Texts.isToken(head)) return Optional.empty();
        return Optional.of(new Request(head, uri));
    }
}
