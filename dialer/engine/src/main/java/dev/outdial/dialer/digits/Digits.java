package dev.outdial.dialer.digits;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which keys to wait for, and how long.
 *
 * @param count how many keys are enough, 1 to 256
 * @param terminator the key that ends the collection early and is not part of its result: 0-9, *, #, A-D; allowed or not
 * @param within how long to wait in all, from the moment the collection begins; what was pressed until then is the result
 * @param first how long to wait for the first key, if not for all of that time
 * @param between how long to wait for the next key after each, if not for all of that time
 * @param allowed the keys that count; others are taken as not pressed
 * @param bargeIn whether the first key that counts ends the clips that play, and those that wait to; what plays beneath them goes on
 * @param typeAhead whether keys count that were pressed before the collection began and not collected yet; else they are thrown away
 */
public record Digits(
        int count,
        Optional<Character> terminator,
        Duration within,
        Optional<Duration> first,
        Optional<Duration> between,
        String allowed,
        boolean bargeIn,
        boolean typeAhead) {
    /** The most keys that one collection takes. */
    public static final int MOST = 256;

    /** All that stand on a telephone's keypad (RFC 4733 section 3.2). */
    public static final String ALL_KEYS = "0123456789*#ABCD";

    private static final Duration DEFAULT_WITHIN = Duration.ofSeconds(10);

    public Digits {
        Objects.requireNonNull(terminator, "terminator");
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("digits to collect: " + count + " is not 1 to " + MOST);
        }
        terminator.ifPresent(Digits::requireKey);
        requireTime(within);
        first.ifPresent(Digits::requireTime);
        between.ifPresent(Digits::requireTime);
        allowed.chars().forEach(key -> requireKey((char) key));
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException("no key is allowed: 0-9, *, #, A-D are expected");
        }
    }

    /** Any keys, those pressed before included, that stop nothing. */
    public Digits(int count, Optional<Character> terminator, Duration within) {
        this(count, terminator, within, Optional.empty(), Optional.empty(), ALL_KEYS, false, true);
    }

    private static void requireKey(char key) {
        if (!isKey(key)) {
            throw new IllegalArgumentException("'" + key + "' is not a key (0-9, *, #, A-D)");
        }
    }

    private static void requireTime(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time to wait for digits: " + time + " is negative");
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
        return new Digits(count, terminator, time, first, between, allowed, bargeIn, typeAhead);
    }

    /** The same keys, the first of them within this time. */
    public Digits firstWithin(Duration time) {
        return new Digits(count, terminator, within, Optional.of(time), between, allowed, bargeIn, typeAhead);
    }

    /** The same keys, each within this time after the one before. */
    public Digits eachWithin(Duration time) {
        return new Digits(count, terminator, within, first, Optional.of(time), allowed, bargeIn, typeAhead);
    }

    /** The same, of these keys alone. */
    public Digits of(String keys) {
        return new Digits(count, terminator, within, first, between, keys, bargeIn, typeAhead);
    }

    /** The same keys, of which the first ends what plays. */
    public Digits bargingIn() {
        return new Digits(count, terminator, within, first, between, allowed, true, typeAhead);
    }

    /** The same keys, pressed from now on: those before are thrown away. */
    public Digits fromNowOn() {
        return new Digits(count, terminator, within, first, between, allowed, bargeIn, false);
    }

    /** Whether this key is waited for. */
    public boolean counts(char key) {
        return allowed.indexOf(key) >= 0 || terminator.equals(Optional.of(key));
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
        return ALL_KEYS.indexOf(character) >= 0;
    }
}
