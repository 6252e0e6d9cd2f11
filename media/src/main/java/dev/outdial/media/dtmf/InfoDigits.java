package dev.outdial.media.dtmf;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Keys in the body of a SIP INFO, which no standard ever described: {@code application/dtmf-relay} (named lines, one key) and {@code
 * application/dtmf} (the key alone). Reads what is in use, whatever its line ends, blanks and case; writes the first form, which
 * all understand. Pure.
 */
public final class InfoDigits {
    /** Named lines: {@code Signal=5}, {@code Duration=160}. */
    public static final String RELAY = "application/dtmf-relay";
    /** The key and nothing else. */
    public static final String PLAIN = "application/dtmf";

    /** What is taken for the length of a key where none, or none that makes sense, is named. */
    public static final int DEFAULT_MILLIS = 160;

    private static final int MAX_BODY = 512;
    private static final int MAX_LINES = 20;

    private InfoDigits() {}

    /**
     * A key that was pressed.
     *
     * @param digit 0-9, *, #, A-D
     * @param durationMillis how long it was down, 1 to {@link Digits#MAX_MILLIS}
     */
    public record Press(char digit, int durationMillis) {}

    /**
     * Reads a body; empty where it names no key.
     *
     * @param mediaType with or without parameters, in any case
     */
    public static Optional<Press> read(String mediaType, byte[] body) {
        if (body.length > MAX_BODY) return Optional.empty();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int end = mediaType.indexOf(';');
        String type =
                (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case RELAY -> readRelay(text);
            // Some put the named lines under the other name.
            case PLAIN -> text.indexOf('=') >= 0 ? readRelay(text) : key(text).map(InfoDigits::ofUsualLength);
            default -> Optional.empty();
        };
    }

    /** Whether such a body may hold keys. */
    public static boolean isKeyType(String mediaType) {
        int end = mediaType.indexOf(';');
        String type = (end < 0 ? mediaType : mediaType.substring(0, end)).strip();
        return type.equalsIgnoreCase(RELAY) || type.equalsIgnoreCase(PLAIN);
    }

    /**
     * The {@link #RELAY} body for a key.
     *
     * @param durationMillis 1 to {@link Digits#MAX_MILLIS}
     * @throws IllegalArgumentException for what is no key, and for another time
     */
    public static byte[] write(char digit, int durationMillis) {
        Digits.eventOf(digit);
        if (durationMillis < 1 || durationMillis > Digits.MAX_MILLIS)
            throw new IllegalArgumentException("key of " + durationMillis + " ms");
        return ("Signal=" + digit + "\r\nDuration=" + durationMillis + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static Optional<Press> readRelay(String text) {
        Optional<Character> signal = Optional.empty();
        int duration = DEFAULT_MILLIS;
        for (String line : text.split("[\\r\\n]+", MAX_LINES)) {
            int equals = line.indexOf('=');
            if (equals < 0) continue;
            String name = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(equals + 1);
            if (name.equals("signal") && signal.isEmpty()) signal = key(value);
            else if (name.equals("duration")) duration = millis(value.strip());
        }
        int heldFor = duration;
        return signal.map(digit -> new Press(digit, heldFor));
    }

    private static Press ofUsualLength(char digit) {
        return new Press(digit, DEFAULT_MILLIS);
    }

    /** One key, as itself or as the number of its event: 10 is the star, 11 the hash (RFC 4733 section 3.2). */
    private static Optional<Character> key(String text) {
        String stripped = text.strip().toUpperCase(Locale.ROOT);
        if (stripped.length() == 1) {
            char only = stripped.charAt(0);
            return Digits.isKeyCharacter(only) ? Optional.of(only) : Optional.empty();
        }
        if (stripped.length() == 2 && stripped.charAt(0) == '1') {
            int event = 10 + stripped.charAt(1) - '0';
            if (event >= 10 && Digits.isKey(event)) return Optional.of(Digits.ofEvent(event));
        }
        return Optional.empty();
    }

    private static int millis(String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9'))
            return DEFAULT_MILLIS;
        int millis = Integer.parseInt(text);
        return millis == 0 ? DEFAULT_MILLIS : Math.min(millis, Digits.MAX_MILLIS);
    }
}
