package dev.outdial.testbed.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a header or URI, in order, names in lower case. A parameter without a value has an empty one.
 *
 * @param byName the values by name, unquoted
 */
public record Parameters(Map<String, String> byName) {
    /** No parameters. */
    public static final Parameters NONE = new Parameters(Map.of());

    /** Copies the map and keeps its order. */
    public Parameters {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Reads {@code a=1;b;c="x"}, with or without a leading separator; nothing is ever wrong, the first of a name counts. */
    public static Parameters parse(String text, char separator) {
        var byName = new LinkedHashMap<String, String>();
        for (var part : Texts.split(text, separator)) {
            int equals = part.indexOf('=');
            var name = (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) byName.putIfAbsent(name, equals < 0 ? "" : Texts.unquoted(part.substring(equals + 1)));
        }
        return byName.isEmpty() ? NONE : new Parameters(byName);
    }

    /** The value of a parameter. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether the parameter is there, with or without a value. */
    public boolean has(String name) {
        return byName.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** The same parameters with one set. */
    public Parameters with(String name, String value) {
        var changed = new LinkedHashMap<>(byName);
        changed.put(name.toLowerCase(Locale.ROOT), value);
        return new Parameters(changed);
    }

    /** {@code ;a=1;b}, or nothing. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        byName.forEach((name, value) -> {
            text.append(';').append(name);
            if (!value.isEmpty()) text.append('=').append(value);
        });
        return text.toString();
    }
}
