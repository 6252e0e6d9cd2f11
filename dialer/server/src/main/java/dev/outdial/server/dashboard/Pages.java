package dev.outdial.server.dashboard;

import dev.outdial.server.facade.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers that are read by people. */
final class Pages {
    /** No script and no style but our files; nothing from or to anywhere else. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private Pages() {}

    /** A page, or a piece of one. */
    static Answer html(int status, Html html) {
        return new Answer(
                status,
                // With no referrer at all a browser would not say in a POST where it comes from.
                Map.of("Content-Security-Policy", POLICY, "Referrer-Policy", "same-origin"),
                "text/html; charset=utf-8",
                new Answer.Bytes(html.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Text, JSON or a drawing. */
    static Answer text(String contentType, String text) {
        return new Answer(200, Map.of(), contentType, new Answer.Bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Go on there, by GET. */
    static Answer seeOther(String path) {
        return Answer.empty(303).with("Location", path);
    }
}
