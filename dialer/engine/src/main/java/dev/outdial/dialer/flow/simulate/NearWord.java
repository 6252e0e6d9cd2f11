package dev.outdial.dialer.flow.simulate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who mistyped a word. */
final class NearWord {
    private NearWord() {}

    /** The nearest of those, where one is near enough; the first of several. */
    static Optional<String> of(String typed, List<String> known) {
        String lower = typed.toLowerCase(Locale.ROOT);
        int best = Math.max(1, Math.min(lower.length(), 12) / 3) + 1;
        Optional<String> nearest = Optional.empty();
        for (String word : known) {
            int distance = lower.length() > 40 ? best : distance(lower, word);
            if (distance < best) {
                best = distance;
                nearest = Optional.of(word);
            }
        }
        return nearest;
    }

    /** How many letters are to be put in, left out or exchanged. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
