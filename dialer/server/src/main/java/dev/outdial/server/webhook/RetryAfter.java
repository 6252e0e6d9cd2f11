package dev.outdial.server.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header field of RFC 9110 10.2.3: seconds, or a date. What makes no sense is left out of account. */
final class RetryAfter {
    /** Nobody has us forget what we are to tell. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final int MOST_DIGITS = 9;
    private static final int DATE_LENGTH = 64;

    private RetryAfter() {}

    static Optional<Duration> parse(String value, Instant now) {
        String text = value.strip();
        if (text.isEmpty() || text.length() > DATE_LENGTH) return Optional.empty();
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(
                    text.length() > MOST_DIGITS ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(text))));
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return Optional.of(bounded(Duration.between(now, date)));
        } catch (DateTimeException | ArithmeticException noDate) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wanted) {
        if (wanted.isNegative()) return Duration.ZERO;
        return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }
}
