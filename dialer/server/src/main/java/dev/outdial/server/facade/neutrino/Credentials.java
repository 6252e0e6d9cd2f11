package dev.outdial.server.facade.neutrino;

import dev.outdial.server.facade.Asked;
import java.util.Optional;

/**
 * What a request shows of who asks: two headers, two parameters, or both in one as {@code user:key}.
 *
 * @param user empty where none is shown
 * @param key empty where none is shown
 */
record Credentials(String user, String key) {
    private static final String USER = "User-ID";
    private static final String KEY = "API-Key";

    static Credentials of(Asked asked, Parameters parameters) {
        String user = shown(asked, USER).or(() -> parameters.text("user-id")).orElse("");
        String key = shown(asked, KEY).or(() -> parameters.text("api-key")).orElse("");
        int colon = key.indexOf(':');
        return user.isEmpty() && colon >= 0
                ? new Credentials(
                        key.substring(0, colon).strip(),
                        key.substring(colon + 1).strip())
                : new Credentials(user.strip(), key.strip());
    }

    private static Optional<String> shown(Asked asked, String header) {
        return asked.header(header).filter(value -> !value.isBlank());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "credentials of " + user;
    }
}
