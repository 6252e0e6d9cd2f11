package dev.outdial.server.config;

/** The file that a user begins with: every setting with its default, explained, and none set. */
public final class ConfigFile {
    private static final String HEAD = """
            # How this Outdial server is set up. Every setting is shown with its default and commented out: remove the # to change one.
            # A variable of the environment wins over this file: http.port is OUTDIAL_HTTP_PORT, the password of the trunk carrier is
            # OUTDIAL_TRUNKS_CARRIER_PASSWORD. Times: 500ms, 30s, 15m, 8h, 90d. Paths go from this file's folder.
            # Start it: outdial serve --config outdial.yaml
            """;
    private static final String TRUNKS = """

            # The trunks that calls are placed over; the first one where a call names none. More can be added by the API.
            # trunks:
            """;

    private ConfigFile() {}

    /** What the file says. */
    public static String text() {
        var text = new StringBuilder(HEAD);
        String section = "";
        for (Key key : Key.SERVER) {
            String[] path = key.path().split("[.]");
            String own = String.join(".", java.util.Arrays.copyOf(path, path.length - 1));
            if (!own.equals(section) || path.length == 1) text.append('\n');
            if (!own.equals(section)) head(text, section, path);
            section = own;
            line(text, "  ".repeat(path.length - 1), path[path.length - 1], key);
        }
        text.append(TRUNKS);
        String mark = "- ";
        for (Key key : Key.TRUNK) {
            text.append("#   ").append(mark).append(setting(key.path(), key));
            text.append("   # ").append(key.explanation()).append('\n');
            mark = "  ";
        }
        return text.toString();
    }

    /** The lines {@code http:} and {@code   tls:} that are not there yet. */
    private static void head(StringBuilder text, String before, String[] path) {
        String[] open = before.split("[.]");
        for (int i = 0; i < path.length - 1; i++) {
            boolean isOpen = i < open.length && open[i].equals(path[i]);
            if (!isOpen)
                text.append("# ").append("  ".repeat(i)).append(path[i]).append(":\n");
        }
    }

    private static void line(StringBuilder text, String indent, String name, Key key) {
        text.append("# ").append(indent).append("# ").append(key.explanation()).append('\n');
        text.append("# ").append(indent).append(setting(name, key)).append('\n');
    }

    private static String setting(String name, Key key) {
        String value = key.byDefault();
        if (key.isList()) return name + ": [" + value + "]";
        return name + ": " + (value.isEmpty() ? "\"\"" : value);
    }
}
