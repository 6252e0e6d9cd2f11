package dev.outdial.server.store;

import java.time.Instant;

/**
 * A credential of a client of an API that is answered as another system does. The secret itself is not kept.
 *
 * @param name the only one of its facade
 * @param hash what is compared, in constant time, by who checks it
 */
public record StoredFacadeKey(String id, String account, String facade, String name, String hash, Instant created) {
    /** Without the hash. */
    @Override
    public String toString() {
        return "StoredFacadeKey[" + id + " " + facade + " " + name + "]";
    }
}
