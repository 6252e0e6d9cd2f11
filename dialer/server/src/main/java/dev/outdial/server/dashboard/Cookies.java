package dev.outdial.server.dashboard;

import dev.outdial.server.facade.Asked;
import java.util.List;
import java.util.Optional;

/** Cookies (RFC 6265) that no script sees and no other site sends. */
final class Cookies {
    /** Who has signed in. */
    static final String SESSION = "outdial_session";

    /** The word of the form of who has not yet. */
    static final String SIGN_IN = "outdial_sign_in";

    private Cookies() {}

    /** The first of that name. */
    static Optional<String> of(Asked asked, String name) {
        return asked.headers().getOrDefault("cookie", List.of()).stream()
                .flatMap(line -> List.of(line.split(";", -1)).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    /** {@code Set-Cookie}; it ends with the browser. */
    static String set(Asked asked, String name, String value) {
        return name + "=" + value + attributes(asked);
    }

    /** {@code Set-Cookie} that ends it. */
    static String end(Asked asked, String name) {
        return name + "=; Max-Age=0" + attributes(asked);
    }

    private static String attributes(Asked asked) {
        return "; Path=/; HttpOnly; SameSite=Strict" + (asked.secure() ? "; Secure" : "");
    }
}
