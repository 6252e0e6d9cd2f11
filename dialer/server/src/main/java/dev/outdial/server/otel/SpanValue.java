package dev.outdial.server.otel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A span and those within it.
 *
 * @param attributes texts, whole numbers (Long) and flags by their names
 * @param error why it failed; empty where it did not
 */
record SpanValue(
        String name,
        Kind kind,
        Instant start,
        Instant end,
        Map<String, Object> attributes,
        List<Point> points,
        Optional<String> error,
        List<SpanValue> within) {
    SpanValue {
        attributes = Map.copyOf(attributes);
        points = List.copyOf(points);
        within = List.copyOf(within);
    }

    /** Who asked whom. */
    enum Kind {
        INTERNAL,
        CLIENT,
        SERVER
    }

    /** Something that happened in it. */
    record Point(String name, Instant at, Map<String, Object> attributes) {
        Point {
            attributes = Map.copyOf(attributes);
        }
    }
}
