package dev.outdial.server.calls;

import java.time.Instant;

/**
 * A credential of a client of an API that is answered as another system does. Its secret is known to its owner alone.
 *
 * @param facade such as {@code bandwidth}
 * @param name the user name, the only one of that facade
 * @param chosen whether somebody chose the secret, as a password is chosen; else it was made at random
 */
public record FacadeKeyRecord(String id, String account, String facade, String name, boolean chosen, Instant created) {}
