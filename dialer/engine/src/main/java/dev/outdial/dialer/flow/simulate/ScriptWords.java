package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.flow.NearestWord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one line, taken one after the other. */
final class ScriptWords {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m)");

    private static final Duration LONGEST = Duration.ofDays(1);

    private record Word(String text, boolean quoted) {}

    private final int line;
    private final List<Word> words = new ArrayList<>();
    private int next;

    ScriptWords(int line, String text) {
        this.line = line;
        split(text);
    }

    private void split(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1))) && !isKey(text, at)) {
                return;
            } else if (c == '"') {
                int end = text.indexOf('"', at + 1);
                if (end < 0) throw wrong("the quote that begins " + text.substring(at) + " is not closed");
                words.add(new Word(text.substring(at + 1, end), true));
                at = end + 1;
            } else {
                int end = at;
                while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != '"')
                    end++;
                words.add(new Word(text.substring(at, end), false));
                at = end;
            }
        }
    }

    /** Whether what looks like a comment is what is pressed. */
    private boolean isKey(String text, int at) {
        return words.size() == 1
                && words.getFirst().text().equalsIgnoreCase("presses")
                && (at + 1 == text.length() || isKeyOrSpace(text.charAt(at + 1)));
    }

    private static boolean isKeyOrSpace(char c) {
        return Character.isWhitespace(c) || Digits.isKey(c);
    }

    /** Whether nothing is left. */
    boolean isEmpty() {
        return next == words.size();
    }

    /** Whether that is the next word; takes it if so. */
    boolean take(String word) {
        boolean is = !isEmpty()
                && !words.get(next).quoted()
                && words.get(next).text().toLowerCase(Locale.ROOT).equals(word);
        if (is) next++;
        return is;
    }

    /** Takes words that have to come. */
    void require(String... expected) {
        for (String word : expected) {
            if (!take(word)) throw unexpected("'" + word + "'", List.of(word));
        }
    }

    /** Takes the next word whatever it is. */
    String any(String expected) {
        if (isEmpty()) throw unexpected(expected, List.of());
        return words.get(next++).text();
    }

    /** Whether a time is next. */
    boolean isTime() {
        return !isEmpty()
                && !words.get(next).quoted()
                && TIME.matcher(words.get(next).text()).matches();
    }

    /** Takes a time. */
    Duration time() {
        if (!isTime()) throw unexpected("a time such as 3s, 500ms or 2m", List.of());
        Matcher form = TIME.matcher(words.get(next++).text());
        if (!form.matches()) throw new IllegalStateException();
        double number = Double.parseDouble(form.group(1));
        double millis = switch (form.group(2)) {
            case "ms" -> number;
            case "s" -> 1000 * number;
            default -> 60_000 * number;
        };
        if (millis > LONGEST.toMillis()) throw wrong(form.group() + " is longer than a day");
        return Duration.ofMillis(Math.round(millis));
    }

    /** Whether a quoted text is next. */
    boolean isQuoted() {
        return !isEmpty() && words.get(next).quoted();
    }

    /** Takes keys. */
    String keys() {
        String keys = any("the keys that are pressed");
        for (char key : keys.toCharArray()) {
            if (!Digits.isKey(key)) throw wrong("'" + key + "' is not a key: 0-9, *, #, A-D are expected");
        }
        return keys;
    }

    /** Takes nothing more. */
    void end() {
        if (!isEmpty()) throw unexpected("the end of the line", List.of());
    }

    /** Something else was expected here. */
    ScriptException unexpected(String expected, List<String> words) {
        if (isEmpty()) return wrong("it ends where " + expected + " should come");
        String found = this.words.get(next).text();
        String nearest = NearestWord.among(words, found)
                .map(near -> " (did you mean '" + near + "'?)")
                .orElse("");
        return wrong("'" + found + "': " + expected + " is expected" + nearest);
    }

    ScriptException wrong(String sentence) {
        return new ScriptException(line, sentence);
    }
}
