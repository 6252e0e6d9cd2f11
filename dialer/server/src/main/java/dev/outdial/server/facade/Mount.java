package dev.outdial.server.facade;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where an API is served.
 *
 * @param host the only host name; any where empty
 * @param port one of its own, at which nothing else is served; the server's where empty
 */
public record Mount(Facade facade, Optional<String> host, OptionalInt port) {
    /** As its options say. */
    public Mount(Facade facade, FacadeOptions options) {
        this(facade, options.host(), options.port());
    }

    /** At the server's own place. */
    public Mount(Facade facade) {
        this(facade, Optional.empty(), OptionalInt.empty());
    }
}
