package dev.outdial.server.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that stores of this process have open. H2 keeps other processes out, but lets this one in again: two stores on one file would
 * each take the other one's node for dead. <b>Threading:</b> any.
 */
final class OpenFiles {
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private OpenFiles() {}

    /**
     * Takes a store's file.
     *
     * @return gives it back; twice does no harm
     * @throws StoreException where it is taken
     */
    static Runnable take(StoreSettings settings) {
        Optional<Path> file = settings.file().map(OpenFiles::real);
        if (file.isPresent() && !OPEN.add(file.get())) {
            throw new StoreException(
                    "the store " + file.get()
                            + ".mv.db is open already in this process: close the other server first, give each a"
                            + " folder of its own, or use PostgreSQL for both",
                    true,
                    new IllegalStateException("open already"));
        }
        return () -> file.ifPresent(OPEN::remove);
    }

    /** The same for each way that leads there. */
    private static Path real(Path file) {
        Path plain = file.toAbsolutePath().normalize();
        Path folder = plain.getParent();
        try {
            return folder == null ? plain : folder.toRealPath().resolve(plain.getFileName());
        } catch (IOException notYetThere) {
            return plain;
        }
    }
}
