package dev.outdial.server.http;

import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.http.json.Controls;
import dev.outdial.server.http.json.Problems;
import dev.outdial.server.words.NearestName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The part of an address after the question mark; as {@link dev.outdial.server.http.json.Fields} in all. */
final class Query {
    private static final int MAX_LENGTH = 500;

    private final Map<String, List<String>> parameters;
    private final Problems problems = new Problems();
    private final Set<String> known = new LinkedHashSet<>();

    Query(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** What it is; empty where it is missing or empty. */
    Optional<String> text(String name) {
        known.add(name);
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) problems.add(name, "is there more than once");
        return values.stream().findFirst().filter(value -> !value.isEmpty()).filter(value -> {
            boolean good = value.length() <= MAX_LENGTH && !Controls.in(value);
            if (!good) problems.add(name, "is too long or holds a control character");
            return good;
        });
    }

    <T> Optional<T> parsed(String name, Function<String, Optional<T>> read, String must) {
        return text(name).flatMap(text -> {
            Optional<T> value = read.apply(text);
            if (value.isEmpty()) problems.add(name, must);
            return value;
        });
    }

    Optional<String> choice(String name, List<String> words) {
        return parsed(
                name,
                text -> words.contains(text) ? Optional.of(text) : Optional.empty(),
                "must be one of " + String.join(", ", words));
    }

    long number(String name, long min, long max, long usual) {
        return parsed(
                        name,
                        text -> text.matches("[0-9]{1,18}")
                                ? Optional.of(Long.valueOf(text)).filter(value -> value >= min && value <= max)
                                : Optional.empty(),
                        "must be a whole number from " + min + " to " + max)
                .orElse(usual);
    }

    Optional<Instant> instant(String name) {
        return parsed(
                name,
                text -> {
                    try {
                        // A plus that was not encoded arrives as a space.
                        return Optional.of(
                                OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
                    } catch (DateTimeException e) {
                        return Optional.empty();
                    }
                },
                "must be such a time as 2026-01-31T09:00:00Z");
    }

    Optional<String> cursor() {
        return text("cursor");
    }

    int limit() {
        return (int) number("limit", 1, 1000, 100);
    }

    /** Where only the page is to be chosen. */
    PageQuery page() {
        var page = new PageQuery(cursor(), limit());
        done();
        return page;
    }

    /** Refuses what nobody asked for, and all that was wrong. */
    void done() {
        parameters.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(
                        Controls.in(name) || name.length() > 50 ? "?" : name,
                        NearestName.of(name, known)
                                .map(near -> "is unknown; did you mean " + near + "?")
                                .orElse("is unknown")));
        problems.throwIfAny();
    }
}
