package dev.outdial.media.speech;

import dev.outdial.media.speech.Script.Prosody;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of SSML's attributes (W3C SSML 1.1 sections 3.2.3 and 3.2.4). Pure. */
final class SsmlValues {
    private static final int MAX_PAUSE_MILLIS = 60_000;
    private static final double SILENT_DB = -90;

    private static final Map<String, Integer> STRENGTHS =
            Map.of("none", 0, "x-weak", 100, "weak", 200, "medium", 400, "strong", 700, "x-strong", 1000);
    private static final Map<String, Double> RATES =
            Map.of("x-slow", 0.6, "slow", 0.8, "medium", 1.0, "default", 1.0, "fast", 1.25, "x-fast", 1.6);
    private static final Map<String, Double> PITCHES =
            Map.of("x-low", 0.7, "low", 0.85, "medium", 1.0, "default", 1.0, "high", 1.1, "x-high", 1.2);
    private static final Map<String, Double> VOLUMES = Map.of(
            "silent", SILENT_DB, "x-soft", -12.0, "soft", -6.0, "medium", 0.0, "default", 0.0, "loud", 3.5, "x-loud",
            7.0);

    private static final Pattern TIME = Pattern.compile("\\+?(\\d{1,6}(?:\\.\\d{0,6})?|\\.\\d{1,6})(ms|s)");
    private static final Pattern NUMBER = Pattern.compile("([+-]?)(\\d{1,6}(?:\\.\\d{0,6})?|\\.\\d{1,6})(%|st|dB)?");

    private SsmlValues() {}

    /** What an attribute says, or why it says nothing. */
    sealed interface Read<T> {}

    record Value<T>(T is) implements Read<T> {}

    record Wrong<T>(String why) implements Read<T> {}

    static Read<Integer> pauseMillis(Optional<String> time, Optional<String> strength) {
        if (time.isPresent()) {
            Matcher matcher = TIME.matcher(time.get().strip());
            if (!matcher.matches()) return wrong("time", time.get(), "500ms or 1.5s is expected");
            double millis =
                    Double.parseDouble(matcher.group(1)) * (matcher.group(2).equals("s") ? 1000 : 1);
            if (millis > MAX_PAUSE_MILLIS) return wrong("time", time.get(), "at most 60 s is expected");
            return new Value<>((int) Math.round(millis));
        }
        String word = strength.orElse("medium").strip();
        Integer millis = STRENGTHS.get(word);
        return millis == null
                ? wrong("strength", word, "none, x-weak, weak, medium, strong or x-strong is expected")
                : new Value<>(millis);
    }

    static Read<Prosody> prosody(Optional<String> rate, Optional<String> pitch, Optional<String> volume) {
        Read<Double> fast = rate(rate.orElse("default").strip());
        if (fast instanceof Wrong<Double> wrong) return new Wrong<>(wrong.why);
        Read<Double> high = pitch(pitch.orElse("default").strip());
        if (high instanceof Wrong<Double> wrong) return new Wrong<>(wrong.why);
        Read<Double> loud = volumeDb(volume.orElse("default").strip());
        if (loud instanceof Wrong<Double> wrong) return new Wrong<>(wrong.why);
        return new Value<>(new Prosody(number(fast), number(high), number(loud)));
    }

    private static double number(Read<Double> read) {
        return ((Value<Double>) read).is;
    }

    private static Read<Double> rate(String said) {
        Double known = RATES.get(said);
        if (known != null) return new Value<>(known);
        Matcher matcher = NUMBER.matcher(said);
        String expected = "x-slow to x-fast, 80%, +20% or 1.2 is expected";
        if (!matcher.matches()) return wrong("rate", said, expected);
        double number = Double.parseDouble(matcher.group(2));
        boolean percent = "%".equals(matcher.group(3));
        if (!percent && (matcher.group(3) != null || !matcher.group(1).isEmpty())) return wrong("rate", said, expected);
        return new Value<>(percent ? ratio(matcher.group(1), number) : number);
    }

    private static Read<Double> pitch(String said) {
        Double known = PITCHES.get(said);
        if (known != null) return new Value<>(known);
        Matcher matcher = NUMBER.matcher(said);
        String expected = "x-low to x-high, +10% or -2st is expected";
        if (!matcher.matches()) return wrong("pitch", said, expected);
        double number = Double.parseDouble(matcher.group(2));
        String sign = matcher.group(1);
        return switch (matcher.group(3)) {
            case "%" -> new Value<>(ratio(sign, number));
            case "st" -> new Value<>(Math.pow(2, signed(sign, number) / 12));
            case null, default -> wrong("pitch", said, expected);
        };
    }

    private static Read<Double> volumeDb(String said) {
        Double known = VOLUMES.get(said);
        if (known != null) return new Value<>(known);
        Matcher matcher = NUMBER.matcher(said);
        String expected = "silent, x-soft to x-loud or -6dB is expected";
        if (!matcher.matches()) return wrong("volume", said, expected);
        double number = Double.parseDouble(matcher.group(2));
        String sign = matcher.group(1);
        return switch (matcher.group(3)) {
            case "dB" -> new Value<>(signed(sign, number));
            case "%" -> new Value<>(decibels(ratio(sign, number)));
            // SSML 1.0: 0 to 100, where 100 is as loud as it gets, which is the default.
            case null -> sign.isEmpty() ? new Value<>(decibels(number / 100)) : wrong("volume", said, expected);
            default -> wrong("volume", said, expected);
        };
    }

    /** With a sign it is by how much it differs, without one it is what it becomes. */
    private static double ratio(String sign, double percent) {
        return sign.isEmpty() ? percent / 100 : Math.max(0, 1 + signed(sign, percent) / 100);
    }

    private static double signed(String sign, double number) {
        return sign.equals("-") ? -number : number;
    }

    private static double decibels(double ratio) {
        return ratio <= 0 ? SILENT_DB : 20 * Math.log10(ratio);
    }

    private static <T> Read<T> wrong(String attribute, String said, String expected) {
        String shown = ScriptReader.inOneLine(said.length() > 40 ? said.substring(0, 40) : said);
        return new Wrong<>(String.format(Locale.ROOT, "%s=\"%s\": %s", attribute, shown, expected));
    }
}
