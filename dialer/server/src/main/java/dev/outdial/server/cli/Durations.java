package dev.outdial.server.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Times as people type them: {@code 30s}, {@code 1500ms}, {@code 2m}, {@code 1.5s}, or plain seconds; a day at most. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)?");

    private static final Duration LONGEST = Duration.ofHours(24);

    private Durations() {}

    static Duration parse(String typed) {
        Matcher form = FORM.matcher(typed);
        if (!form.matches()) {
            throw new TypeConversionException("'" + typed + "' is not a time: 10s, 1500ms or 2m is expected");
        }
        double number = Double.parseDouble(form.group(1));
        String unit = form.group(2) == null ? "s" : form.group(2);
        double millis = switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> throw new IllegalStateException(unit);
        };
        Duration time = Duration.ofMillis(Math.round(number * millis));
        if (time.compareTo(LONGEST) > 0) {
            throw new TypeConversionException("'" + typed + "' is longer than 24h");
        }
        return time;
    }
}
