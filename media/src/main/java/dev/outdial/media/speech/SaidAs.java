package dev.outdial.media.speech;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What SSML's {@code say-as} makes of a text: words that any engine can speak. Pure.
 *
 * @param spelled whether it is to be read letter by letter
 */
record SaidAs(String text, boolean spelled) {
    private static final Pattern GROUPED = Pattern.compile("(?<=\\d)[ ,'\u2019](?=\\d{3}(?:\\D|$))");
    private static final Pattern DATE = Pattern.compile("(\\d{1,4})[-./ ](\\d{1,2})[-./ ](\\d{1,4})");
    private static final Map<Integer, String> SIGNS = Map.of(
            (int) '.', "dot",
            (int) '@', "at",
            (int) '-', "dash",
            (int) '_', "underscore",
            (int) '/', "slash",
            (int) '#', "hash",
            (int) '*', "star",
            (int) '+', "plus",
            (int) ':', "colon");

    /** Reads it as SSML says; what is said of it that is not known leaves it as it is (W3C SSML 1.1 section 3.1.9). */
    static SsmlValues.Read<SaidAs> read(String how, Optional<String> format, String text, Locale language) {
        boolean english = language.getLanguage().equals("en");
        return switch (how.strip().toLowerCase(Locale.ROOT)) {
            case "digits", "telephone" -> new SsmlValues.Value<>(new SaidAs(digits(text), false));
            case "characters", "spell-out", "verbatim" ->
                new SsmlValues.Value<>(new SaidAs(letters(text, english), true));
            case "number", "cardinal" ->
                new SsmlValues.Value<>(new SaidAs(GROUPED.matcher(text).replaceAll(""), false));
            case "ordinal" -> new SsmlValues.Value<>(new SaidAs(english ? ordinal(text) : text, false));
            case "date" -> date(format, text, language);
            default -> new SsmlValues.Value<>(new SaidAs(text, false));
        };
    }

    /** One by one, with a pause where there is something between. */
    private static String digits(String text) {
        var said = new StringBuilder();
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c)) {
                if (!said.isEmpty()) said.append(gap ? ", " : " ");
                said.appendCodePoint(c);
                gap = false;
            } else {
                gap = true;
            }
        }
        return said.toString();
    }

    private static String letters(String text, boolean english) {
        var said = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (ScriptReader.isGap(c)) continue;
            if (!said.isEmpty()) said.append(' ');
            String sign = english ? SIGNS.get(c) : null;
            if (sign == null) said.appendCodePoint(Character.toUpperCase(c));
            else said.append(sign);
        }
        return said.toString();
    }

    private static String ordinal(String text) {
        String number = GROUPED.matcher(text).replaceAll("");
        if (!number.matches("\\d{1,9}")) return text;
        int last = Integer.parseInt(number) % 100;
        if (last >= 11 && last <= 13) return number + "th";
        return number
                + switch (last % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    /** A date in figures becomes one in the words of its language; one in words stays. */
    private static SsmlValues.Read<SaidAs> date(Optional<String> format, String text, Locale language) {
        Matcher parts = DATE.matcher(text);
        if (!parts.matches()) return new SsmlValues.Value<>(new SaidAs(text, false));
        String order = order(format, parts.group(1), language);
        if (order.isEmpty()) return new SsmlValues.Wrong<>("a date's format is mdy, dmy or ymd");
        try {
            LocalDate date = LocalDate.of(
                    year(Integer.parseInt(parts.group(1 + order.indexOf('y')))),
                    Integer.parseInt(parts.group(1 + order.indexOf('m'))),
                    Integer.parseInt(parts.group(1 + order.indexOf('d'))));
            return new SsmlValues.Value<>(new SaidAs(
                    DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                            .withLocale(language)
                            .format(date),
                    false));
        } catch (DateTimeException none) {
            return new SsmlValues.Wrong<>("there is no date " + text + " (" + order + ")");
        }
    }

    private static int year(int said) {
        return said < 100 ? 2000 + said : said;
    }

    private static String order(Optional<String> format, String first, Locale language) {
        // ISO 8601 whatever is said of it.
        if (first.length() == 4) return "ymd";
        String order = format.orElse(language.equals(Locale.US) ? "mdy" : "dmy").strip();
        return switch (order) {
            case "mdy", "dmy", "ymd" -> order;
            default -> "";
        };
    }
}
