package dev.outdial.testbed.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of a request as it came.
 *
 * @param method the first word
 * @param target the second: path and query
 * @param headers by lower-case name, the last of each
 */
public record WebRequestHead(String method, String target, Map<String, String> headers) {
    public WebRequestHead {
        headers = Map.copyOf(headers);
    }

    static WebRequestHead parse(String head) throws IOException {
        String[] lines = head.split("\r\n", -1);
        String[] words = lines[0].split(" ", -1);
        if (words.length != 3) throw new IOException("not a request: " + lines[0]);
        var headers = new LinkedHashMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0)
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
        }
        return new WebRequestHead(words[0], words[1], headers);
    }

    /** The target without its query. */
    public String path() {
        return target.split("\\?", 2)[0];
    }

    /** The value of a header field; the case of its name makes no difference. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
