package dev.outdial.server.cli;

import dev.outdial.dialer.AudioClip;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sound as it is named on the command line: by a file or an address. */
final class SoundNames {
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");

    private SoundNames() {}

    /**
     * What somebody typed.
     *
     * @throws IllegalArgumentException if it can be neither; the message says why, and does not repeat an address
     */
    static AudioClip.Source source(String typed) {
        if (typed.isBlank()) {
            throw new IllegalArgumentException("the name of a file is expected");
        }
        Matcher address = ADDRESS.matcher(typed);
        return address.matches()
                ? new AudioClip.FromUrl(address(typed, address.group(1)))
                : new AudioClip.FromFile(path(typed));
    }

    private static URI address(String typed, String scheme) {
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            throw new IllegalArgumentException(
                    "'" + scheme + "' addresses are not fetched: http or https is expected, or the name of a file");
        }
        try {
            return new URI(typed);
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("this is no address: " + wrong.getReason());
        }
    }

    private static Path path(String typed) {
        try {
            return Path.of(typed);
        } catch (InvalidPathException impossible) {
            throw new IllegalArgumentException("this cannot be the name of a file: " + impossible.getReason());
        }
    }
}
