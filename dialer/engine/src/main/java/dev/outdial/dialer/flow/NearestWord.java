package dev.outdial.dialer.flow;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody who mistyped a word meant. Not for spelling in general: it knows the words of one place only. */
public final class NearestWord {
    /** Longer ones are no slip of the fingers, and take long to compare. */
    private static final int LONGEST = 64;

    /** Fewer letters begin too many words. */
    private static final int SHORTEST_BEGINNING = 3;

    private NearestWord() {}

    /**
     * The word that takes the fewest changes of a letter, or else one that begins so; empty where none is near. Case does not count.
     *
     * @param valid what could have been meant
     */
    public static Optional<String> among(Collection<String> valid, String typed) {
        if (typed.isBlank() || typed.length() > LONGEST) return Optional.empty();
        String small = typed.toLowerCase(Locale.ROOT);
        return valid.stream()
                .filter(word -> !word.isEmpty() && distance(small, word) <= reach(small, word))
                .min(Comparator.comparingInt((String word) -> distance(small, word))
                        .thenComparing(Comparator.naturalOrder()))
                .or(() -> valid.stream()
                        .filter(word -> small.length() >= SHORTEST_BEGINNING)
                        .filter(word -> word.toLowerCase(Locale.ROOT).startsWith(small))
                        .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder())));
    }

    /** The same as the end of a sentence: {@code (did you mean "length"?)} after a space; nothing where none is near. */
    public static String hint(Collection<String> valid, String typed) {
        return among(valid, typed)
                .map(word -> " (did you mean \"" + word + "\"?)")
                .orElse("");
    }

    /** How many changes still look like a slip: a third of the letters, and one in short words. */
    private static int reach(String typed, String word) {
        return Math.max(1, Math.min(typed.length(), word.length()) / 3);
    }

    /** How many letters are to be changed, put in, left out or exchanged with their neighbour (optimal string alignment). */
    private static int distance(String small, String word) {
        // So many letters are left out or put in at least; most words are too far away for that alone.
        if (Math.abs(small.length() - word.length()) > reach(small, word)) return Integer.MAX_VALUE;
        String other = word.toLowerCase(Locale.ROOT);
        int[][] rows = new int[small.length() + 1][other.length() + 1];
        for (int i = 0; i <= small.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) rows[i][j] = i + j;
                else rows[i][j] = least(rows, small, other, i, j);
            }
        }
        return rows[small.length()][other.length()];
    }

    private static int least(int[][] rows, String one, String other, int i, int j) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int least = Math.min(rows[i - 1][j - 1] + change, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean exchanged =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return exchanged ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
