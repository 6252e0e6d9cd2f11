package dev.outdial.sip.message;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads {@code ;name=value;name="quoted value"} lists and their comma separated sisters; forgiving, never throws. */
public final class Parameters {
    private Parameters() {}

    /**
     * Reads a list of parameters.
     *
     * @param text with or without the leading separator
     * @param separator {@code ;} or {@code ,}
     * @return names in lower case, values without quotes (escapes inside are left alone); the first of a name counts
     */
    public static Map<String, String> parse(String text, char separator) {
        var parameters = new LinkedHashMap<String, String>();
        int from = 0;
        while (from < text.length()) {
            int end = endOfElement(text, from, separator);
            String element = text.substring(from, end).strip();
            int equals = element.indexOf('=');
            String name = (equals < 0 ? element : element.substring(0, equals))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            if (!name.isEmpty())
                parameters.putIfAbsent(
                        name,
                        equals < 0 ? "" : unquoted(element.substring(equals + 1).strip()));
            from = end + 1;
        }
        return parameters;
    }

    /** Where the separator stands outside of quotes, or the length of the text. */
    static int endOfElement(String text, int from, char separator) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') i++;
            else if (c == '"') quoted = !quoted;
            else if (c == separator && !quoted) return i;
        }
        return text.length();
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
