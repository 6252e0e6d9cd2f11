package dev.outdial.sip.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The header fields of a message in their order. A field that lists several values (Record-Route, Contact) has one entry a value.
 *
 * @param entries the fields
 */
public record Headers(List<Header> entries) {
    /** No fields. */
    public static final Headers NONE = new Headers(List.of());

    /** Takes a copy. */
    public Headers {
        entries = List.copyOf(entries);
    }

    /** The fields named and valued in turns: {@code of("To", "<sip:a@b>", "Call-ID", "1")}. */
    public static Headers of(String... namesAndValues) {
        var entries = new ArrayList<Header>();
        for (int i = 0; i < namesAndValues.length; i += 2)
            entries.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        return new Headers(entries);
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        for (Header header : entries) {
            if (header.is(name)) return Optional.of(header.value());
        }
        return Optional.empty();
    }

    /** All values of that name, in order. */
    public List<String> all(String name) {
        // A plain loop: it is asked several times for every message.
        List<String> values = List.of();
        for (Header header : entries) {
            if (!header.is(name)) continue;
            if (values.isEmpty()) values = new ArrayList<>(2);
            values.add(header.value());
        }
        return Collections.unmodifiableList(values);
    }

    /** With one more field at the end. */
    public Headers plus(String name, String value) {
        return plus(List.of(new Header(name, value)));
    }

    /** With more fields at the end. */
    public Headers plus(List<Header> more) {
        var all = new ArrayList<>(entries);
        all.addAll(more);
        return new Headers(all);
    }

    /** A number of seconds such as that of Expires or Retry-After; empty where it is missing, negative or not a number. */
    public Optional<Long> seconds(String name) {
        return first(name).flatMap(Headers::leadingNumber);
    }

    /** The decimal number that a text begins with, at most ten digits long. */
    public static Optional<Long> leadingNumber(String text) {
        String stripped = text.strip();
        int end = 0;
        while (end < stripped.length() && stripped.charAt(end) >= '0' && stripped.charAt(end) <= '9') end++;
        return end == 0 || end > 10 ? Optional.empty() : Optional.of(Long.parseLong(stripped, 0, end, 10));
    }
}
