package dev.outdial.dialer.flow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a run of a flow remembers, by name. Immutable. Names that begin with {@value #OURS} are set by the engine alone.
 */
public record Variables(Map<String, String> values) {
    /** What the names begin with that only the engine sets. */
    public static final String OURS = "voipbin.";

    /** The keys that were pressed and not looked at yet. */
    public static final String DIGITS = "voipbin.call.digits";

    /** Who answered: HUMAN, MACHINE or NOTSURE. */
    public static final String AMD = "voipbin.call.amd";

    /** Why the last gathering of keys ended. */
    public static final String GATHER_REASON = "voipbin.call.gather_reason";

    /** How a machine's greeting ended: beep, silence or none. */
    public static final String BEEP = "voipbin.call.beep";

    /** Whether the far end wants no more calls: true or false. */
    public static final String OPTED_OUT = "voipbin.call.opted_out";

    /** Whether the last sound could be had: true or false. */
    public static final String PLAYED = "voipbin.call.played";

    /** The most variables that a user may set. */
    public static final int MOST_USERS = 100;

    /** The most bytes of all that a user sets. */
    public static final int MOST_BYTES = 64 * 1024;

    /** The most bytes of one value that a user sets. */
    public static final int MOST_BYTES_OF_ONE = 32 * 1024;

    /** None yet. */
    public static final Variables NONE = new Variables(Map.of());

    private static final String OPEN = "${";

    /** Copies them. */
    public Variables {
        values = Map.copyOf(values);
    }

    /** The value; empty where it is not set. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The same with a variable more, or with another value of it. */
    public Variables with(String name, String value) {
        var more = new HashMap<>(values);
        more.put(name, value);
        return new Variables(more);
    }

    /** The same with the user's own, those that begin like ours left out. */
    public Variables withUsers(Map<String, String> users) {
        var more = new HashMap<>(values);
        users.forEach((name, value) -> {
            if (!name.startsWith(OURS)) more.put(name, value);
        });
        return new Variables(more);
    }

    /**
     * Holds what a user sets before a flow begins against the limits: 100 variables, 32 KB in one, 64 KB in all, names and values, in
     * UTF-8.
     *
     * @throws IllegalArgumentException with a sentence, where there are more
     */
    public static void requireUsers(Map<String, String> users) {
        if (users.size() > MOST_USERS) {
            throw new IllegalArgumentException(
                    users.size() + " variables are too many: at most " + MOST_USERS + " are expected");
        }
        int all = 0;
        for (var variable : users.entrySet()) {
            int bytes = bytes(variable.getValue());
            if (variable.getKey().isBlank()) throw new IllegalArgumentException("a variable has no name");
            if (bytes > MOST_BYTES_OF_ONE) {
                throw new IllegalArgumentException("the value of the variable \"" + shortened(variable.getKey())
                        + "\" is longer than " + MOST_BYTES_OF_ONE / 1024 + " KB");
            }
            all += bytes + bytes(variable.getKey());
        }
        if (all > MOST_BYTES) {
            throw new IllegalArgumentException("the variables are longer than " + MOST_BYTES / 1024 + " KB in all");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String shortened(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "..." : name;
    }

    /** The names that a text asks for, in its order. */
    public static List<String> namesIn(String text) {
        var names = new ArrayList<String>();
        look(text, name -> {
            names.add(name);
            return "";
        });
        return List.copyOf(names);
    }

    /**
     * Fills {@code ${name}} in; a name that is not set leaves nothing, and what is not closed is kept. What is filled in is not looked
     * through again.
     */
    public String fill(String text) {
        return look(text, name -> get(name).orElse(""));
    }

    /** Goes through a text once, however odd it is: a flow's texts may come from anybody. */
    private static String look(String text, UnaryOperator<String> values) {
        var filled = new StringBuilder();
        int done = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, done)) {
            int close = text.indexOf('}', open);
            if (close < 0) break;
            String name = text.substring(open + OPEN.length(), close).strip();
            filled.append(text, done, open).append(values.apply(name));
            done = close + 1;
        }
        return filled.append(text, done, text.length()).toString();
    }
}
