package dev.outdial.server.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What the sound that came was like in the course of a call, in steps of the same length.
 *
 * @param begun when the first step began
 * @param intervalMillis how long each is: a second, or more in a long call
 * @param points one after the other
 */
public record CallSeries(Instant begun, long intervalMillis, List<Point> points) {
    private static final double TENTHS = 10;

    /** Takes a copy. */
    public CallSeries {
        points = List.copyOf(points);
    }

    /**
     * A step; what is unknown is empty.
     *
     * @param jitterMillis interarrival jitter at its end (RFC 3550 A.8)
     * @param lossPercent of the packets that were expected in it, 0 to 100
     * @param levelDbov how loud it was, -127 to 0
     */
    public record Point(OptionalDouble jitterMillis, OptionalDouble lossPercent, OptionalDouble levelDbov) {}

    /** As it is shown and stored. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("t_start", CallViews.time(begun)).put("interval_ms", intervalMillis);
        json.set("jitter_ms", column(Point::jitterMillis));
        json.set("loss_percent", column(Point::lossPercent));
        json.set("level_dbov", column(Point::levelDbov));
        return json;
    }

    private ArrayNode column(Function<Point, OptionalDouble> figure) {
        ArrayNode column = JsonNodeFactory.instance.arrayNode();
        for (Point point : points) {
            OptionalDouble one = figure.apply(point);
            if (one.isPresent()) column.add(Math.round(one.getAsDouble() * TENTHS) / TENTHS);
            else column.addNull();
        }
        return column;
    }

    /** Reads what was stored; empty where nothing was. */
    public static Optional<CallSeries> read(String text) {
        if (text.isEmpty()) return Optional.empty();
        JsonNode json = CallViews.stored(text);
        var points = new ArrayList<Point>();
        for (int i = 0; i < json.path("jitter_ms").size(); i++) {
            points.add(new Point(
                    figure(json.path("jitter_ms").path(i)),
                    figure(json.path("loss_percent").path(i)),
                    figure(json.path("level_dbov").path(i))));
        }
        try {
            return Optional.of(new CallSeries(
                    Instant.parse(json.path("t_start").asText()),
                    json.path("interval_ms").asLong(),
                    points));
        } catch (DateTimeParseException damaged) {
            return Optional.empty();
        }
    }

    private static OptionalDouble figure(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.doubleValue()) : OptionalDouble.empty();
    }
}
