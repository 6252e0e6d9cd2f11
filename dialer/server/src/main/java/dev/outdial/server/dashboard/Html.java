package dev.outdial.server.dashboard;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A piece of a page: markup of ours, and values of anybody's that were escaped on their way in. The only place where the two meet; values may
 * stand between tags and in quoted attributes, and nowhere else.
 */
final class Html {
    /** Nothing at all. */
    static final Html NOTHING = new Html("");

    private static final String HERE = "{}";

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /**
     * Fills in a template.
     *
     * @param template markup of ours with {@code {}} for each value; never made of what somebody sent
     * @param values pieces stay as they are, collections of them are put after one another, all else is escaped
     * @throws IllegalArgumentException where there are more or fewer values than places
     */
    static Html of(String template, Object... values) {
        var filled = new StringBuilder(template.length() + values.length * 16);
        int at = 0;
        for (Object value : values) {
            int here = template.indexOf(HERE, at);
            if (here < 0) throw new IllegalArgumentException("fewer places than values: " + template);
            filled.append(template, at, here);
            put(value, filled);
            at = here + HERE.length();
        }
        if (template.indexOf(HERE, at) >= 0) throw new IllegalArgumentException("more places than values: " + template);
        return new Html(filled.append(template, at, template.length()).toString());
    }

    /** Markup that another part of this program made, such as a drawing; never what somebody sent. */
    static Html made(String markup) {
        return new Html(markup);
    }

    /** One after the other. */
    static Html all(Collection<Html> pieces) {
        return new Html(pieces.stream().map(Html::toString).collect(Collectors.joining()));
    }

    /** One after the other. */
    static Html all(Html... pieces) {
        return all(java.util.List.of(pieces));
    }

    /** The piece, or nothing. */
    static Html when(boolean so, Html piece) {
        return so ? piece : NOTHING;
    }

    private static void put(Object value, StringBuilder to) {
        switch (value) {
            case Html piece -> to.append(piece.markup);
            case Collection<?> several -> several.forEach(one -> put(one, to));
            default -> escape(value.toString(), to);
        }
    }

    /** What a browser could take for more than text; control characters but tab and line feed show as what they are: no text. */
    private static void escape(String text, StringBuilder to) {
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            switch (sign) {
                case '&' -> to.append("&amp;");
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                case '"' -> to.append("&quot;");
                case '\'' -> to.append("&#39;");
                case '\t', '\n' -> to.append(sign);
                // A line feed says the same.
                case '\r' -> {}
                default -> to.append(Character.isISOControl(sign) ? '\uFFFD' : sign);
            }
        }
    }

    /** The markup. */
    @Override
    public String toString() {
        return markup;
    }
}
