package dev.outdial.server.log;

import java.util.regex.Pattern;

/**
 * What is left out of the log. Access keys and webhook secrets always are, whoever wrote them there.
 *
 * @param numbers whether telephone numbers lose their middle digits
 * @param keys whether keys that were pressed are left out
 */
public record Masks(boolean numbers, boolean keys) {
    /** Everything that can be. */
    public static final Masks ALL = new Masks(true, true);

    // An id, an address and a time are no numbers: those stand between letters, dots and hyphens.
    private static final Pattern NUMBER =
            Pattern.compile("(?<![0-9A-Za-z.-])((?:\\+|%2[Bb])?[0-9]{3})[0-9]{2,}([0-9]{2})(?![0-9A-Za-z-])");
    private static final Pattern KEYS = Pattern.compile(
            "(?i)\\b((?:digits?|keys?|dtmf)(?: pressed)?(?:\"?[=:]\\s*| )[\"']?)[0-9*#A-D]+(?![0-9A-Za-z])");
    private static final Pattern ACCESS_KEY = Pattern.compile("\\b(od_[0-9A-Za-z]{12})_[0-9A-Za-z]{8,}");
    private static final Pattern SECRET = Pattern.compile("\\bwhsec_[0-9A-Za-z+/=]+");

    /** A line without it. */
    public String apply(String line) {
        String masked = ACCESS_KEY.matcher(line).replaceAll("$1_***");
        masked = SECRET.matcher(masked).replaceAll("whsec_***");
        if (keys) masked = KEYS.matcher(masked).replaceAll("$1***");
        return numbers ? NUMBER.matcher(masked).replaceAll("$1***$2") : masked;
    }
}
