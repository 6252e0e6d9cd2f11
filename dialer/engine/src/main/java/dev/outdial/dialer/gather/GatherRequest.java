package dev.outdial.dialer.gather;

import dev.outdial.dialer.digits.Digits;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which keys to gather.
 *
 * @param maxDigits how many are enough, 1 to 30; where empty, only a terminating key or the time ends it (or 256 keys)
 * @param terminatingKeys keys of which any ends it and is no part of the result; may be empty
 * @param interDigitTime how long to wait for the first key from the end of the prompt on, and for each after the one before; above 0,
 *     30 s at most
 * @param allowedKeys the keys that count; others, terminating ones apart, are taken as not pressed
 * @param bargeIn whether a key that counts ends the prompt; else the prompt is heard to its end, and only then what was pressed counts
 * @param typeAhead whether keys count that were pressed before it was time: those before the gathering began that nobody collected,
 *     and those during a prompt that no key ends; else they are thrown away
 * @param tag comes back with the result
 */
public record GatherRequest(
        OptionalInt maxDigits,
        String terminatingKeys,
        Duration interDigitTime,
        String allowedKeys,
        boolean bargeIn,
        boolean typeAhead,
        Optional<String> tag) {
    /** The most digits that may be asked for. */
    public static final int MOST_DIGITS = 30;

    /** The longest time to wait for a key. */
    public static final Duration LONGEST_INTER_DIGIT_TIME = Duration.ofSeconds(30);

    /** Any keys up to #, each within 5 s; a key ends the prompt, and what was pressed before counts. */
    public static final GatherRequest DEFAULT = new GatherRequest(
            OptionalInt.empty(), "#", Duration.ofSeconds(5), Digits.ALL_KEYS, true, true, Optional.empty());

    public GatherRequest {
        Objects.requireNonNull(tag, "tag");
        if (maxDigits.isPresent() && (maxDigits.getAsInt() < 1 || maxDigits.getAsInt() > MOST_DIGITS)) {
            throw new IllegalArgumentException(
                    "digits to gather: " + maxDigits.getAsInt() + " is not 1 to " + MOST_DIGITS);
        }
        if (!interDigitTime.isPositive() || interDigitTime.compareTo(LONGEST_INTER_DIGIT_TIME) > 0) {
            throw new IllegalArgumentException(
                    "inter-digit time of " + interDigitTime + ": above 0 and at most 30 s is expected");
        }
        requireKeys(terminatingKeys);
        requireKeys(allowedKeys);
        if (allowedKeys.isEmpty()) {
            throw new IllegalArgumentException("no key is allowed: 0-9, *, #, A-D are expected");
        }
    }

    private static void requireKeys(String keys) {
        keys.chars().filter(key -> !Digits.isKey((char) key)).findFirst().ifPresent(other -> {
            throw new IllegalArgumentException("'" + (char) other + "' is not a key (0-9, *, #, A-D)");
        });
    }

    /** So many digits at most, each within 5 s; # ends it before. */
    public static GatherRequest digits(int most) {
        return DEFAULT.atMost(most);
    }

    /** The same, with so many digits at most. */
    public GatherRequest atMost(int digits) {
        return new GatherRequest(
                OptionalInt.of(digits), terminatingKeys, interDigitTime, allowedKeys, bargeIn, typeAhead, tag);
    }

    /** The same, ended by any of these keys; by none where it is empty. */
    public GatherRequest endedBy(String keys) {
        return new GatherRequest(maxDigits, keys, interDigitTime, allowedKeys, bargeIn, typeAhead, tag);
    }

    /** The same with another time to wait for each key. */
    public GatherRequest eachWithin(Duration time) {
        return new GatherRequest(maxDigits, terminatingKeys, time, allowedKeys, bargeIn, typeAhead, tag);
    }

    /** The same of these keys alone. */
    public GatherRequest of(String keys) {
        return new GatherRequest(maxDigits, terminatingKeys, interDigitTime, keys, bargeIn, typeAhead, tag);
    }

    /** The same with a prompt that no key ends. */
    public GatherRequest withoutBargeIn() {
        return new GatherRequest(maxDigits, terminatingKeys, interDigitTime, allowedKeys, false, typeAhead, tag);
    }

    /** The same, throwing away what was pressed before it was time. */
    public GatherRequest withoutTypeAhead() {
        return new GatherRequest(maxDigits, terminatingKeys, interDigitTime, allowedKeys, bargeIn, false, tag);
    }

    /** The same under a name that comes back with the result. */
    public GatherRequest tagged(String name) {
        return new GatherRequest(
                maxDigits, terminatingKeys, interDigitTime, allowedKeys, bargeIn, typeAhead, Optional.of(name));
    }

    boolean isTerminating(char key) {
        return terminatingKeys.indexOf(key) >= 0;
    }

    /** Whether this key is waited for. */
    boolean counts(char key) {
        return isTerminating(key) || allowedKeys.indexOf(key) >= 0;
    }

    /** The rule that says when digits are enough, or late. */
    Digits rule() {
        int most = maxDigits.orElse(Digits.MOST);
        return new Digits(
                most,
                Optional.empty(),
                // Reached by nobody: each key has its own time.
                interDigitTime.multipliedBy(most + 1L),
                Optional.of(interDigitTime),
                Optional.of(interDigitTime),
                allowedKeys,
                bargeIn,
                typeAhead);
    }
}
