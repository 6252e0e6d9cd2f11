package dev.outdial.dialer.flow.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.flow.NearestWord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One object of a flow's JSON while it is read. Notes which of its keys were asked for, so that {@link #finish} can tell what is left.
 * What is wrong becomes a finding, and something harmless is given back in its place, so that reading goes on. A null counts as absent.
 */
final class Options {
    /** Longer than any call. */
    static final int DAY_MILLIS = 86_400_000;

    private static final String NIL = "00000000-0000-0000-0000-000000000000";
    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,15}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d{1,15}(\\.\\d{1,15})?");
    private static final Map<String, Boolean> FLAGS = Map.of("true", true, "false", false);

    private final ObjectNode node;
    private final String path;
    private final String owner;
    private final Findings findings;
    private final Set<String> known = new LinkedHashSet<>();

    /** @param owner what the keys belong to, such as {@code digits_receive} */
    Options(ObjectNode node, String path, String owner, Findings findings) {
        this.node = node;
        this.path = path;
        this.owner = owner;
        this.findings = findings;
    }

    Findings findings() {
        return findings;
    }

    String path(String key) {
        return Paths.of(path, key);
    }

    void error(String key, String sentence) {
        findings.error(path(key), sentence);
    }

    void warning(String key, String sentence) {
        findings.warning(path(key), sentence);
    }

    /** The key that is there; the first of them if none is. A second one beside it is a mistake. */
    String spelling(String... aliases) {
        known.addAll(Arrays.asList(aliases));
        List<String> there =
                Arrays.stream(aliases).filter(key -> raw(key).isPresent()).toList();
        if (there.size() > 1) {
            error(
                    there.get(1),
                    "this is the same option as " + Quoted.of(there.getFirst()) + ": one of them is expected");
        }
        return there.isEmpty() ? aliases[0] : there.getFirst();
    }

    boolean has(String key) {
        known.add(key);
        return raw(key).isPresent();
    }

    /** They may be there and mean nothing to us. */
    void ignore(String... keys) {
        known.addAll(Arrays.asList(keys));
    }

    Optional<JsonNode> raw(String key) {
        known.add(key);
        return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
    }

    private Optional<JsonNode> required(String key, String what) {
        Optional<JsonNode> value = raw(key);
        if (value.isEmpty()) error(key, what + " is expected here");
        return value;
    }

    Optional<String> text(String key) {
        return raw(key).flatMap(value -> {
            if (value.isTextual()) return Optional.of(value.textValue());
            error(key, "a text is expected, and this is " + kind(value));
            return Optional.empty();
        });
    }

    /** A text that is there and not empty. */
    Optional<String> written(String key) {
        return text(key).filter(text -> !text.isBlank());
    }

    String requiredText(String key) {
        if (required(key, "a text").isEmpty()) return "";
        String text = text(key).orElse("?");
        if (text.isBlank()) error(key, "this is empty: a text is expected");
        return text;
    }

    /** An id; the one of zeros only stands for none. */
    Optional<String> id(String key) {
        return written(key).map(String::strip).filter(id -> !id.equals(NIL));
    }

    String requiredId(String key) {
        if (required(key, "the id of an action").isEmpty()) return "";
        Optional<String> id = id(key);
        if (id.isEmpty() && raw(key).orElseThrow().isTextual()) error(key, "the id of an action is expected");
        return id.orElse("");
    }

    boolean flag(String key, boolean usual) {
        Optional<JsonNode> value = raw(key);
        if (value.isEmpty()) return usual;
        JsonNode there = value.get();
        if (there.isBoolean()) return there.booleanValue();
        Boolean written = there.isTextual() ? FLAGS.get(there.textValue().strip()) : null;
        if (written == null) error(key, "true or false is expected, and this is " + kind(there));
        return written == null ? usual : written;
    }

    /** A whole number; empty where there is none, or none that is within the range. */
    OptionalInt whole(String key, int least, int most) {
        Optional<JsonNode> value = raw(key);
        if (value.isEmpty()) return OptionalInt.empty();
        Optional<Double> number = number(value.get(), WHOLE);
        if (number.isEmpty() || number.get() != Math.rint(number.get())) {
            error(key, "a whole number is expected, and this is " + kind(value.get()));
            return OptionalInt.empty();
        }
        if (isOutside(number.get(), least, most)) {
            error(key, show(value.get()) + " is not " + least + " to " + most);
            return OptionalInt.empty();
        }
        return OptionalInt.of(number.get().intValue());
    }

    int whole(String key, int usual, int least, int most) {
        return whole(key, least, most).orElse(usual);
    }

    double decimal(String key, double usual, double least, double most) {
        Optional<JsonNode> value = raw(key);
        if (value.isEmpty()) return usual;
        Optional<Double> number = number(value.get(), DECIMAL);
        if (number.isEmpty()) {
            error(key, "a number is expected, and this is " + kind(value.get()));
            return usual;
        }
        if (isOutside(number.get(), least, most)) {
            error(key, show(value.get()) + " is not " + show(least) + " to " + show(most));
            return usual;
        }
        return number.get();
    }

    private static boolean isOutside(double number, double least, double most) {
        return !(number >= least && number <= most);
    }

    private static Optional<Double> number(JsonNode value, Pattern written) {
        if (value.isNumber()) return Optional.of(value.doubleValue());
        if (!value.isTextual()) return Optional.empty();
        String text = value.textValue().strip();
        return written.matcher(text).matches() ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }

    Duration millis(String key, int usual, int least, int most) {
        return Duration.ofMillis(whole(key, usual, least, most));
    }

    Duration requiredMillis(String key) {
        if (required(key, "a time in ms").isEmpty()) return Duration.ZERO;
        return millis(key, 0, 0, DAY_MILLIS);
    }

    /** One of some words; the usual one where nothing or an empty text is there. */
    <T> T word(String key, T usual, Map<String, T> words) {
        Optional<String> typed = written(key).map(String::strip);
        if (typed.isEmpty()) return usual;
        T meant = words.get(typed.get());
        if (meant == null) error(key, unknownWord(typed.get(), words.keySet()));
        return meant == null ? usual : meant;
    }

    static String unknownWord(String typed, Set<String> words) {
        String expected = words.stream().sorted().collect(Collectors.joining(", "));
        return Quoted.of(typed) + " is none of " + expected + NearestWord.hint(words, typed);
    }

    /** The object under a key. */
    Optional<Options> object(String key, String what) {
        return raw(key).flatMap(value -> object(value, path(key), what));
    }

    private Optional<Options> object(JsonNode value, String where, String what) {
        if (value instanceof ObjectNode there) return Optional.of(new Options(there, where, what, findings));
        findings.error(where, "an object is expected, and this is " + kind(value));
        return Optional.empty();
    }

    /** The elements of an array, each with its path; none where there is no array. */
    Map<String, JsonNode> elements(String key, int most) {
        Optional<JsonNode> value = raw(key);
        if (value.isEmpty()) return Map.of();
        if (!value.get().isArray()) {
            error(key, "an array is expected, and this is " + kind(value.get()));
            return Map.of();
        }
        if (value.get().size() > most) {
            error(key, value.get().size() + " of these are too many: at most " + most + " are expected");
            return Map.of();
        }
        var elements = new LinkedHashMap<String, JsonNode>();
        for (JsonNode element : value.get()) elements.put(Paths.of(path(key), elements.size()), element);
        return elements;
    }

    List<Options> objects(String key, String what, int most) {
        List<Options> objects = new ArrayList<>();
        elements(key, most).forEach((where, value) -> object(value, where, what).ifPresent(objects::add));
        return objects;
    }

    /** Texts that are not empty. */
    List<String> texts(String key, int most) {
        List<String> texts = new ArrayList<>();
        elements(key, most).forEach((where, value) -> {
            if (!value.isTextual()) findings.error(where, "a text is expected, and this is " + kind(value));
            else if (value.textValue().isBlank()) findings.error(where, "this is empty: a text is expected");
            else texts.add(value.textValue());
        });
        return texts;
    }

    /** Texts by keys of the author's own, in their order. */
    Map<String, String> textsByName(String key) {
        var texts = new LinkedHashMap<String, String>();
        object(key, owner)
                .ifPresent(there -> there.node
                        .fieldNames()
                        .forEachRemaining(name -> there.id(name).ifPresentOrElse(id -> texts.put(name, id), () -> {
                            if (there.raw(name).map(JsonNode::isTextual).orElse(true)) {
                                there.error(name, "the id of an action is expected");
                            }
                        })));
        return texts;
    }

    /** Tells of every key that nobody asked for. */
    void finish() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key) && !findings.isFull()) {
                warning(key, "unknown option " + Quoted.of(key) + " of " + owner + NearestWord.hint(known, key));
            }
        });
    }

    static Options none(String path, String owner, Findings findings) {
        return new Options(JsonNodeFactory.instance.objectNode(), path, owner, findings);
    }

    /** What a value is, in a sentence. */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "the text " + Quoted.of(value.textValue());
            case NUMBER -> "the number " + show(value);
            case BOOLEAN -> value.asText();
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NULL, MISSING -> "nothing";
            case BINARY, POJO -> throw new IllegalStateException("no JSON: " + value.getNodeType());
        };
    }

    private static String show(JsonNode value) {
        return Quoted.line(value.asText(), 50);
    }

    private static String show(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
