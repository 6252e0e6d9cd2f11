package dev.outdial.server.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.words.NearestName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The fields of one JSON object. Each is asked for by its name; what is wrong goes to {@link Problems}, and the answer is then empty as it
 * is for one that is missing or null. {@link #done} refuses the names that nobody asked for. One thread.
 */
public final class Fields {
    private final JsonNode object;
    private final String path;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    /** @param path of the object; empty for the whole body */
    public Fields(JsonNode object, String path, Problems problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
        if (!object.isObject()) problems.add(path, "must be an object");
    }

    /** The path of a field. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Says that something is wrong with a field. */
    public void wrong(String name, String message) {
        problems.add(at(name), message);
    }

    /** Stands where a field is missing. */
    public JsonNode nothing() {
        return JsonText.MAPPER.nullNode();
    }

    public Problems problems() {
        return problems;
    }

    /** A field as it is. */
    public Optional<JsonNode> any(String name) {
        known.add(name);
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    /** Whether there is such a field, right or wrong. */
    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** What is there, or {@code instead} and a word about it where nothing is. */
    public <T> T required(String name, Optional<T> value, T instead) {
        if (value.isEmpty() && !has(name)) wrong(name, "is required");
        return value.orElse(instead);
    }

    /** One line of text without control characters. */
    public Optional<String> line(String name, int maxLength) {
        return any(name).flatMap(node -> line(node, at(name), maxLength));
    }

    /** Text of several lines. */
    public Optional<String> words(String name, int maxLength) {
        return any(name).flatMap(node -> text(node, at(name), maxLength)).filter(text -> {
            if (Controls.inWords(text)) wrong(name, "holds a control character");
            return !Controls.inWords(text);
        });
    }

    private Optional<String> line(JsonNode node, String where, int maxLength) {
        return text(node, where, maxLength).filter(text -> {
            if (Controls.in(text)) problems.add(where, "holds a control character");
            return !Controls.in(text);
        });
    }

    private Optional<String> text(JsonNode node, String where, int maxLength) {
        if (!node.isTextual()) {
            problems.add(where, "must be a string");
            return Optional.empty();
        }
        String text = node.textValue();
        if (text.isBlank()) problems.add(where, "must not be empty");
        else if (text.length() > maxLength) problems.add(where, "is longer than " + maxLength + " characters");
        else return Optional.of(text);
        return Optional.empty();
    }

    /** A whole number. */
    public Optional<Integer> integer(String name, int min, int max) {
        return any(name).flatMap(node -> {
            boolean whole = node.isIntegralNumber() && node.canConvertToInt();
            if (whole && node.intValue() >= min && node.intValue() <= max) return Optional.of(node.intValue());
            wrong(name, "must be a whole number from " + min + " to " + max);
            return Optional.empty();
        });
    }

    /** A number. */
    public Optional<Double> number(String name, double min, double max) {
        return any(name).flatMap(node -> {
            double value = node.isNumber() ? node.doubleValue() : Double.NaN;
            if (value >= min && value <= max) return Optional.of(value);
            wrong(name, "must be a number from " + min + " to " + max);
            return Optional.empty();
        });
    }

    /** true or false. */
    public boolean flag(String name, boolean usual) {
        Optional<JsonNode> node = any(name);
        if (node.isPresent() && !node.get().isBoolean()) wrong(name, "must be true or false");
        return node.filter(JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(usual);
    }

    /** One of some words. */
    public String choice(String name, List<String> words, String usual) {
        return any(name)
                .flatMap(node -> {
                    if (node.isTextual() && words.contains(node.textValue())) return Optional.of(node.textValue());
                    wrong(name, "must be one of " + String.join(", ", words));
                    return Optional.<String>empty();
                })
                .orElse(usual);
    }

    /** Seconds as a number, or an ISO 8601 duration such as PT30S. */
    public Optional<Duration> duration(String name, Duration min, Duration max) {
        return any(name).flatMap(node -> {
            Optional<Duration> read =
                    duration(node).filter(time -> time.compareTo(min) >= 0 && time.compareTo(max) <= 0);
            if (read.isEmpty())
                wrong(
                        name,
                        "must be seconds from " + seconds(min) + " to " + seconds(max)
                                + ", or such a duration as PT30S");
            return read;
        });
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0
                ? Long.toString(time.toSeconds())
                : Double.toString(time.toMillis() / 1000.0);
    }

    private static Optional<Duration> duration(JsonNode node) {
        try {
            if (node.isTextual()) return Optional.of(Duration.parse(node.textValue()));
            double seconds = node.isNumber() ? node.doubleValue() : Double.NaN;
            // Greater ones are in no range, and would not fit.
            if (!(Math.abs(seconds) < 1e9)) return Optional.empty();
            return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** A time with its offset, such as 2026-01-31T09:00:00Z. */
    public Optional<Instant> instant(String name) {
        return any(name).flatMap(node -> {
            try {
                if (node.isTextual())
                    return Optional.of(OffsetDateTime.parse(node.textValue()).toInstant());
            } catch (DateTimeException e) {
                // Said below, as for what is no text.
            }
            wrong(name, "must be such a time as 2026-01-31T09:00:00Z");
            return Optional.empty();
        });
    }

    /** Something that is written as one line. @param read empty where it makes no sense */
    public <T> Optional<T> parsed(String name, int maxLength, Function<String, Optional<T>> read, String must) {
        return line(name, maxLength).flatMap(text -> {
            Optional<T> value = read.apply(text);
            if (value.isEmpty()) wrong(name, must);
            return value;
        });
    }

    /** Lines of text: an array, or one string; empty where missing. */
    public List<String> lines(String name, int mostItems, int maxLength) {
        Optional<JsonNode> node = any(name);
        if (node.isEmpty()) return List.of();
        if (node.get().isTextual())
            return line(node.get(), at(name), maxLength).stream().toList();
        var lines = new ArrayList<String>();
        for (JsonNode item : items(name, mostItems))
            line(item, at(name) + "[" + lines.size() + "]", maxLength).ifPresentOrElse(lines::add, () -> lines.add(""));
        return lines;
    }

    /** The items of an array; none where it is missing or too long. */
    public List<JsonNode> items(String name, int mostItems) {
        Optional<JsonNode> node = any(name);
        if (node.isEmpty()) return List.of();
        if (!node.get().isArray()) {
            wrong(name, "must be an array");
            return List.of();
        }
        if (node.get().size() > mostItems) {
            wrong(name, "has more than " + mostItems + " items");
            return List.of();
        }
        var items = new ArrayList<JsonNode>();
        node.get().forEach(items::add);
        return items;
    }

    /** Names with a line of text each; numbers and true and false are taken as their text. */
    public Map<String, String> map(String name, int mostItems, int maxLength) {
        var map = new LinkedHashMap<String, String>();
        Optional<JsonNode> node = any(name);
        if (node.isEmpty()) return map;
        if (!node.get().isObject()) wrong(name, "must be an object");
        else if (node.get().size() > mostItems) wrong(name, "has more than " + mostItems + " names");
        else
            node.get().properties().forEach(member -> {
                String where = at(name) + "." + shown(member.getKey());
                if (member.getKey().isBlank() || member.getKey().length() > 100 || Controls.in(member.getKey()))
                    problems.add(where, "is no name: 1 to 100 characters without control characters");
                else value(member.getValue(), where, maxLength).ifPresent(text -> map.put(member.getKey(), text));
            });
        return map;
    }

    private Optional<String> value(JsonNode node, String where, int maxLength) {
        if (node.isNumber() || node.isBoolean()) return Optional.of(node.asText());
        if (node.isTextual() && node.textValue().isEmpty()) return Optional.of("");
        return line(node, where, maxLength);
    }

    /** An object in this one. */
    public Optional<Fields> object(String name) {
        return any(name).map(node -> new Fields(node, at(name), problems)).filter(fields -> fields.object.isObject());
    }

    /** Refuses what nobody asked for. */
    public void done() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !problems.isFull())
                problems.add(
                        at(shown(name)),
                        NearestName.of(name, known)
                                .map(near -> "is unknown; did you mean " + near + "?")
                                .orElseGet(() -> "is unknown; known are " + String.join(", ", known)));
        });
    }

    /** A name of the user's in a path: short, and without what could harm who shows it. */
    private static String shown(String name) {
        String part = name.length() > 50 ? name.substring(0, 50) + "…" : name;
        return Controls.in(part) ? "?" : part;
    }
}
