package dev.outdial.media.fetch;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param method {@code GET}, {@code HEAD}, {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}
 * @param address an absolute {@code http} or {@code https} address
 * @param headers header fields, each once
 * @param body what is sent along, in UTF-8; a {@code Content-Type} belongs to the headers then
 */
public record WebRequest(String method, URI address, Map<String, String> headers, Optional<String> body) {
    public WebRequest {
        headers = Map.copyOf(headers);
        boolean mayHaveBody = switch (method) {
            case "GET", "HEAD" -> false;
            case "POST", "PUT", "PATCH", "DELETE" -> true;
            default -> throw new IllegalArgumentException("the method '" + method + "'");
        };
        if (body.isPresent() && !mayHaveBody) throw new IllegalArgumentException(method + " with a body");
        headers.forEach(WebRequest::check);
    }

    /** A GET without further header fields. */
    public static WebRequest get(URI address) {
        return new WebRequest("GET", address, Map.of(), Optional.empty());
    }

    /** The same with one more header field. */
    public WebRequest with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new WebRequest(method, address, more, body);
    }

    /** Whether doing it again somewhere else does no harm. */
    boolean mayBeRedirected() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Values stay out of the message: some are secrets. */
    private static void check(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':'))
            throw new IllegalArgumentException("a header field's name has visible characters, and no colon");
        if (!value.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\t'))
            throw new IllegalArgumentException("the value of " + name + " has other than visible ASCII characters");
        if (name.toLowerCase(Locale.ROOT).equals("accept-encoding"))
            throw new IllegalArgumentException("Accept-Encoding is for the client to say, which undoes the encoding");
    }
}
