package dev.outdial.server.cli;

import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where keys are made, listed and deleted: at a running server, or in the store of a configuration. */
interface KeyPlace {
    /** Makes an access key; what is said of it, its secret among it. */
    Map<String, Object> accessKey(String name, Scope scope);

    /** Makes a credential of another system's API. */
    Map<String, Object> credential(String facade, Optional<String> name, Optional<Secret> password);

    /** All of them, by {@code id}, {@code for}, {@code created} and {@code name}. */
    List<Map<String, String>> list();

    /** Deletes a key or a credential. */
    void delete(String id);
}
