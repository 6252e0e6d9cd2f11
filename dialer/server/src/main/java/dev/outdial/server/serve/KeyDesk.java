package dev.outdial.server.serve;

import dev.outdial.server.calls.FacadeKeyService;
import dev.outdial.server.calls.KeyService;
import dev.outdial.server.config.ServerConfig;
import dev.outdial.server.documents.StoredAccounts;
import dev.outdial.server.documents.StoredFacadeKeys;
import dev.outdial.server.documents.StoredKeys;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The keys and credentials in a store, for whoever has the machine: without a server. <b>Threading:</b> any. */
public final class KeyDesk implements AutoCloseable {
    private final Store store;
    private final KeyService keys;
    private final FacadeKeyService facadeKeys;

    private KeyDesk(Store store) {
        this.store = store;
        this.keys = new StoredKeys(store, InstantSource.system(), System::nanoTime);
        this.facadeKeys = new StoredFacadeKeys(store, InstantSource.system(), System::nanoTime);
    }

    /**
     * Opens the store of a configuration.
     *
     * @throws ServeException where it cannot be opened; says what to do where a server has it open
     */
    public static KeyDesk open(ServerConfig config) {
        try {
            Path unused = Files.createDirectories(config.data());
            Store store = Store.open(Assembly.storeSettings(config));
            StoredAccounts.ensureFirst(store, InstantSource.system().instant());
            return new KeyDesk(store);
        } catch (StoreException inUse) {
            throw new ServeException(sentence(inUse), inUse);
        } catch (IOException unwritable) {
            throw new ServeException("the folder " + config.data() + " cannot be made", unwritable);
        }
    }

    private static String sentence(StoreException trouble) {
        return trouble.isInUse()
                ? trouble.getMessage()
                        + ". Where that is a running server, ask it: POST /api/v1/facadekeys or /api/v1/accesskeys with an access key of the scope admin"
                : String.valueOf(trouble.getMessage());
    }

    /** Where a facade is reached once the server runs, as {@code http://127.0.0.1:8080}; port 0 is one that is not known before. */
    public static String url(ServerConfig config, String facade) {
        var options = config.facades().get(facade);
        int port = options == null
                ? config.http().port()
                : options.port().orElse(config.http().port());
        String host = options == null
                ? config.http().host()
                : options.host().orElse(config.http().host());
        return Assembly.url(config, host, port);
    }

    public KeyService keys() {
        return keys;
    }

    public FacadeKeyService facadeKeys() {
        return facadeKeys;
    }

    @Override
    public void close() {
        store.close();
    }
}
