package dev.outdial.server.facade.voipbin;

import java.util.regex.Pattern;

/** VoIPBin's flows may have the same name, or none; ours have one each. Pure. */
final class FlowNames {
    private static final int MOST = 200;
    private static final String NAMELESS = "unnamed";
    private static final Pattern OURS = Pattern.compile(" #[0-9a-f]{8}$");

    private FlowNames() {}

    /** @param word eight hexadecimal digits that no other flow has */
    static String another(String name, String word) {
        return (name.isEmpty() ? NAMELESS : name) + " #" + word;
    }

    static String shown(String name) {
        String own = OURS.matcher(name).replaceFirst("");
        return own.equals(NAMELESS) && !own.equals(name) ? "" : own;
    }

    static String read(String name) {
        String line = name.strip();
        if (line.length() > MOST) throw Refusal.invalid("name is longer than " + MOST + " characters");
        return line;
    }
}
