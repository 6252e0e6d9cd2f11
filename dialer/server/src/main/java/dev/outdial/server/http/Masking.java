package dev.outdial.server.http;

import java.util.regex.Pattern;

/** What numbers look like in the log. */
final class Masking {
    private static final Pattern NUMBER =
            Pattern.compile("(?<![0-9A-Za-z-])((?:\\+|%2[Bb])?[0-9]{3})([0-9]{2,})([0-9]{2})(?![0-9A-Za-z-])");

    private Masking() {}

    /** A path without the middle digits of numbers in it; ids stay. */
    static String path(String path) {
        return NUMBER.matcher(path)
                .replaceAll(found -> found.group(1) + "*".repeat(found.group(2).length()) + found.group(3));
    }
}
