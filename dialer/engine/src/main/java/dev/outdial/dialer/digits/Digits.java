package dev.outdial.dialer.digits;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which keys to wait for, and how long.
 *
 * @param count how many keys are enough, 1 to 256
 * @param terminator the key that ends the collection early and is not part of its result: 0-9, *, #, A-D
 * @param within how long to wait in all, from the moment the collection begins; what was pressed until then is the result
 */
public record Digits(int count, Optional<Character> terminator, Duration within) {
    /** The most keys that one collection takes. */
    public static final int MOST = 256;

    private static final Duration DEFAULT_WITHIN = Duration.ofSeconds(10);

    public Digits {
        Objects.requireNonNull(terminator, "terminator");
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("digits to collect: " + count + " is not 1 to " + MOST);
        }
        terminator.ifPresent(key -> {
            if (!isKey(key)) {
                throw new IllegalArgumentException("'" + key + "' is not a key (0-9, *, #, A-D)");
            }
        });
        if (within.isNegative()) {
            throw new IllegalArgumentException("time to wait for digits: " + within + " is negative");
        }
    }

    /** That many keys, within 10 s. */
    public static Digits digits(int count) {
        return new Digits(count, Optional.empty(), DEFAULT_WITHIN);
    }

    /** All keys up to this one, within 10 s. */
    public static Digits until(char terminator) {
        return new Digits(MOST, Optional.of(terminator), DEFAULT_WITHIN);
    }

    /** The same keys within another time. */
    public Digits within(Duration time) {
        return new Digits(count, terminator, time);
    }

    /**
     * Whether this may be pressed as it is written: keys, and pauses between them: {@code ,} and {@code w} for half a second,
     * {@code W} for a second.
     */
    public static boolean areKeysOrPauses(String sequence) {
        return sequence.chars().allMatch(c -> isKey((char) c) || ",wW".indexOf(c) >= 0);
    }

    /** Whether this character stands on a telephone's keypad: 0-9, *, #, A-D (RFC 4733 section 3.2). */
    public static boolean isKey(char character) {
        return "0123456789*#ABCD".indexOf(character) >= 0;
    }
}
