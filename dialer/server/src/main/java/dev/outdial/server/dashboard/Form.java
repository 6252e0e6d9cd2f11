package dev.outdial.server.dashboard;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a form sent ({@code application/x-www-form-urlencoded}). What is broken in it is left out.
 *
 * @param fields the first of each name
 */
record Form(Map<String, String> fields) {
    /** Copies the fields. */
    Form {
        fields = Map.copyOf(fields);
    }

    /** Reads a body. */
    static Form read(byte[] body) {
        var fields = new HashMap<String, String>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) continue;
            try {
                fields.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            } catch (IllegalArgumentException broken) {
                // Not written by a browser; the field is missing then, which is said where it matters.
            }
        }
        return new Form(fields);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A field without white space around it; empty where it was not sent. */
    String text(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    /** Whether a box was ticked. */
    boolean has(String name) {
        return !text(name).isEmpty();
    }

    /** Without values, which may be secrets. */
    @Override
    public String toString() {
        return "Form" + fields.keySet();
    }
}
