package dev.outdial.dialer.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** None yet. */
    public static final Variables NONE = new Variables(Map.of());

    private static final Pattern NAMED = Pattern.compile("\\$\\{([^}]*)}");

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

    /** Fills {@code ${name}} in; a name that is not set leaves nothing. What is filled in is not looked through again. */
    public String fill(String text) {
        return NAMED.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(get(found.group(1).strip()).orElse("")));
    }
}
