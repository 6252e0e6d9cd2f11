package dev.outdial.server.facade;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request.
 *
 * @param path as it was asked, without the query
 * @param names the parts of the path that its place names
 * @param query by name, each with all its values
 * @param headers by name in lower case, each with all its values
 * @param address from where it came
 * @param secure whether it came by TLS
 * @param baseUrl how the asker reached us, as {@code http://127.0.0.1:8080}
 * @param requestId ours, as in the log
 */
public record Asked(
        String method,
        String path,
        Map<String, String> names,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        Body body,
        String address,
        boolean secure,
        String baseUrl,
        String requestId) {
    /** What a JSON or form body may be at most. */
    public static final int MAX_BODY_BYTES = 256 * 1024;

    /** The body, read once. What is too long or too slow throws, which is answered as {@link Trouble#BODY_REFUSED}. */
    public interface Body {
        /** All of it, {@link #MAX_BODY_BYTES} at most. */
        byte[] bytes() throws IOException;

        /** It as it comes. */
        InputStream upTo(long maxBytes) throws IOException;
    }

    /** Copies the maps. */
    public Asked {
        names = Map.copyOf(names);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The first value of a name in the query. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** A part of the path. */
    public String name(String name) {
        return names.getOrDefault(name, "");
    }

    /** Without bodies, queries and headers, which may hold secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
