package dev.outdial.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of one table of keys as they were written, and what is wrong with them. One reading's own. */
final class Values {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KB|MB|GB)?", Pattern.CASE_INSENSITIVE);

    private final Map<String, Key> keys = new HashMap<>();
    private final Map<String, Written> written = new HashMap<>();
    private final String place;
    private final String name;
    private final List<String> wrong;

    /** @param place such as {@code outdial.yaml line 3} */
    record Written(String place, List<String> texts) {}

    /**
     * @param place where they stand, for what is missing; may be empty
     * @param name what comes before each key in sentences; may be empty
     * @param wrong takes what is wrong
     */
    Values(List<Key> table, String place, String name, List<String> wrong) {
        table.forEach(key -> keys.put(key.path(), key));
        this.place = place;
        this.name = name;
        this.wrong = wrong;
    }

    void put(String path, Written value) {
        written.put(path, value);
    }

    /** What stands there, or what holds without it; empty text for none. */
    String text(String path) {
        Written value = written.get(path);
        String text = value == null ? key(path).byDefault() : String.join(", ", value.texts());
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            refuse(path, "control characters are not taken");
            return "";
        }
        return text.strip();
    }

    /** What stands for each key, or what holds without it. */
    Map<String, String> said() {
        var said = new HashMap<String, String>();
        keys.keySet().forEach(path -> said.put(path, String.join(", ", list(path))));
        return said;
    }

    Optional<String> maybe(String path) {
        return Optional.of(text(path)).filter(text -> !text.isEmpty());
    }

    List<String> list(String path) {
        Written value = written.get(path);
        List<String> texts = value == null ? List.of(key(path).byDefault()) : value.texts();
        var items = new ArrayList<String>();
        for (String text : texts) {
            for (String item : text.split(",", -1)) {
                if (!item.isBlank()) items.add(item.strip());
            }
        }
        return items;
    }

    boolean flag(String path) {
        return switch (text(path).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> refused(path, "true or false is expected", false);
        };
    }

    int integer(String path, int least, int most) {
        String text = text(path);
        String expected = "a number from " + least + " to " + most + " is expected";
        if (!text.matches("-?\\d{1,9}")) return refused(path, expected, least);
        int number = Integer.parseInt(text);
        return number < least || number > most ? refused(path, expected, least) : number;
    }

    double number(String path, double most) {
        String text = text(path);
        String expected = "a number from 0 to " + (long) most + " is expected";
        if (!text.matches("\\d{1,9}(\\.\\d{1,6})?")) return refused(path, expected, 0.0);
        double number = Double.parseDouble(text);
        return number > most ? refused(path, expected, 0.0) : number;
    }

    /** A time: seconds, or with a unit. */
    Duration time(String path, Duration least, Duration most) {
        String expected = "a time from " + shown(least) + " to " + shown(most) + " is expected, as 30s, 15m, 8h or 90d";
        Optional<Duration> time = time(text(path));
        boolean isGood = time.isPresent()
                && time.get().compareTo(least) >= 0
                && time.get().compareTo(most) <= 0;
        return isGood ? time.orElseThrow() : refused(path, expected, least);
    }

    static Optional<Duration> time(String text) {
        Matcher form = TIME.matcher(text);
        if (!form.matches()) return Optional.empty();
        long number = Long.parseLong(form.group(1));
        return Optional.of(
                switch (form.group(2) == null ? "s" : form.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    case "d" -> Duration.ofDays(number);
                    default -> Duration.ofSeconds(number);
                });
    }

    private static String shown(Duration time) {
        if (time.toSeconds() < 120) return time.toSeconds() + "s";
        return time.toHours() < 48 ? time.toMinutes() + "m" : time.toDays() + "d";
    }

    /** A number of bytes. */
    long size(String path, long least, long most) {
        String expected = "a size from " + least + " bytes to " + (most >> 20) + "MB is expected, as 500KB or 50MB";
        Matcher form = SIZE.matcher(text(path));
        if (!form.matches()) return refused(path, expected, least);
        String unit = form.group(2) == null ? "" : form.group(2).toUpperCase(Locale.ROOT);
        int shift = switch (unit) {
            case "KB" -> 10;
            case "MB" -> 20;
            case "GB" -> 30;
            default -> 0;
        };
        long bytes = Long.parseLong(form.group(1)) << shift;
        return bytes < least || bytes > most ? refused(path, expected, least) : bytes;
    }

    /** One of some words, in small letters. */
    String word(String path, Set<String> words) {
        String text = text(path).toLowerCase(Locale.ROOT);
        var sorted = new LinkedHashSet<>(words.stream().sorted().toList());
        return words.contains(text)
                ? text
                : refused(path, "one of " + String.join(", ", sorted) + " is expected", sorted.getFirst());
    }

    /** Ports that may be connected to. */
    Set<Integer> ports(String path) {
        var ports = new LinkedHashSet<Integer>();
        for (String item : list(path)) {
            boolean isPort = item.matches("\\d{1,5}") && Integer.parseInt(item) >= 1 && Integer.parseInt(item) <= 65535;
            if (isPort) ports.add(Integer.valueOf(item));
            else refuse(path, "ports from 1 to 65535 are expected");
        }
        return ports;
    }

    /** A file or folder, from another one on; empty where none is named. */
    Optional<Path> path(String path, Path from) {
        try {
            return maybe(path).map(text -> from.resolve(text).normalize());
        } catch (InvalidPathException impossible) {
            refuse(path, "this cannot be the name of a file");
            return Optional.empty();
        }
    }

    /** Has a value made of others; what it has against them is said of that key. */
    <T> Optional<T> made(String path, Function<Values, T> make) {
        try {
            return Optional.of(make.apply(this));
        } catch (IllegalArgumentException senseless) {
            refuse(path, String.valueOf(senseless.getMessage()));
            return Optional.empty();
        }
    }

    /** Something is wrong there. The value is not repeated where it is a secret. */
    void refuse(String path, String sentence) {
        Key key = key(path);
        Written value = written.get(path);
        String shown = value == null || key.isSecret() ? "" : ": '" + visible(String.join(", ", value.texts())) + "'";
        String where = value == null ? place : value.place();
        wrong.add((where.isEmpty() ? "" : where + ": ") + name + path + shown + ": " + sentence);
    }

    private static String visible(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 80 ? clean.substring(0, 80) + "..." : clean;
    }

    private <T> T refused(String path, String sentence, T instead) {
        refuse(path, sentence);
        return instead;
    }

    private Key key(String path) {
        Key key = keys.get(path);
        if (key == null) throw new IllegalStateException("no setting is named " + path);
        return key;
    }
}
