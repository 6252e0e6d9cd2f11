package dev.outdial.server.facade;

import dev.outdial.server.calls.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one API is served.
 *
 * @param enabled whether it is served at all
 * @param host the only host name that it is served under; any where empty
 * @param port a port of its own; the server's where empty
 * @param settings of this API alone, by their names in the configuration, as {@code response}; checked when it was read
 * @param credentials those of the configuration, all of the first account
 */
public record FacadeOptions(
        boolean enabled,
        Optional<String> host,
        OptionalInt port,
        Map<String, String> settings,
        List<Credential> credentials) {
    /** Served at the server's own place, as the documents say. */
    public static final FacadeOptions STANDARD =
            new FacadeOptions(true, Optional.empty(), OptionalInt.empty(), Map.of(), List.of());

    /** A user name and its secret, of the configuration. */
    public record Credential(String name, Secret secret) {}

    /** Copies settings and credentials. */
    public FacadeOptions {
        settings = Map.copyOf(settings);
        credentials = List.copyOf(credentials);
    }

    /** A setting of this API, or what holds without it. */
    public String setting(String name, String byDefault) {
        return settings.getOrDefault(name, byDefault);
    }
}
