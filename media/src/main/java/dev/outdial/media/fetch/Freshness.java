package dev.outdial.media.fetch;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long a response may be used again without asking (RFC 9111 section 5.2.2), by the server's own words within bounds of ours.
 *
 * @param isKept whether it may be used again at all
 * @param millis how long without asking
 */
record Freshness(boolean isKept, long millis) {
    /** Where the server says nothing: calls that begin together need not ask one by one. */
    private static final long UNSAID_MILLIS = 10_000;

    /** Who mends a prompt is not to wait for a day until it is heard. */
    private static final long LONGEST_SECONDS = 3600;

    private static final Pattern MAX_AGE = Pattern.compile("max-age\\s*=\\s*\"?([0-9]+)\"?");

    static Freshness of(Optional<String> cacheControl) {
        boolean isKept = true;
        boolean mustAsk = false;
        long millis = UNSAID_MILLIS;
        for (String directive : cacheControl.orElse("").toLowerCase(Locale.ROOT).split(",", -1)) {
            String word = directive.strip();
            Matcher age = MAX_AGE.matcher(word);
            if (word.equals("no-store")) isKept = false;
            if (word.startsWith("no-cache")) mustAsk = true;
            if (age.matches()) millis = seconds(age.group(1)) * 1000;
        }
        return new Freshness(isKept, mustAsk || !isKept ? 0 : millis);
    }

    private static long seconds(String digits) {
        // Longer than fits into a number is longer than we heed anyway.
        return digits.length() > 9 ? LONGEST_SECONDS : Math.min(Long.parseLong(digits), LONGEST_SECONDS);
    }
}
