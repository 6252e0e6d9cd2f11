package dev.outdial.dialer.flow.json;

import java.util.regex.Pattern;

/** How places in a flow's JSON are written, such as {@code actions[2].option.target_id}. */
final class Paths {
    /** The array of actions is called so where it stands alone, too. */
    static final String ACTIONS = "actions";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,60}");

    private Paths() {}

    /** A value by its key; keys that are no plain words stand in brackets. */
    static String of(String parent, String key) {
        if (!PLAIN.matcher(key).matches()) return parent + "[" + Quoted.of(key) + "]";
        return parent.isEmpty() ? key : parent + "." + key;
    }

    /** An element by its place from 0. */
    static String of(String parent, int index) {
        return parent + "[" + index + "]";
    }
}
