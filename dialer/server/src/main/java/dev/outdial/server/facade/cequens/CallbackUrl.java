package dev.outdial.server.facade.cequens;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The address of a callback with what it tells. Pure. */
final class CallbackUrl {
    private CallbackUrl() {}

    /** The query that it has stays before ours, and the fragment, which nobody is sent, goes. */
    static String with(String url, Map<String, String> told) {
        int hash = url.indexOf('#');
        String plain = hash < 0 ? url : url.substring(0, hash);
        String query = told.entrySet().stream()
                .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        if (query.isEmpty()) return plain;
        if (plain.indexOf('?') < 0) return plain + "?" + query;
        boolean isOpen = plain.endsWith("?") || plain.endsWith("&");
        return plain + (isOpen ? "" : "&") + query;
    }

    /** By percent signs alone: + means itself to some readers. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
