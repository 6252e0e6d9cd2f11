package dev.outdial.server.serve;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.config.ConfigFile;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.config.ServerConfig;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;

/**
 * What a user begins with.
 *
 * @param file the configuration
 * @param key the first access key, which is told here alone
 */
public record Initial(Path file, AccessKey key) {
    private static final String NAME = "outdial.yaml";

    /**
     * Writes the configuration and makes the key.
     *
     * @param environment may say where the store is
     * @throws ServeException where a configuration is there already, or something cannot be written; the configuration stays away then
     */
    public static Initial make(Path folder, Map<String, String> environment) {
        Path file = folder.resolve(NAME);
        write(folder, file);
        boolean isDone = false;
        try {
            ServerConfig config = ConfigReader.read(file, environment);
            Path unused = Files.createDirectories(config.data());
            try (Store store = Store.open(Assembly.storeSettings(config))) {
                var made = new Initial(file, FirstKeys.make(store, "first", Instant.now()));
                isDone = true;
                return made;
            }
        } catch (StoreException unable) {
            throw new ServeException(String.valueOf(unable.getMessage()), unable);
        } catch (IOException unwritable) {
            throw new ServeException("the data folder cannot be made in " + folder, unwritable);
        } finally {
            if (!isDone) remove(file);
        }
    }

    private static void write(Path folder, Path file) {
        try {
            Path unused = Files.createDirectories(folder);
            Path unusedToo = Files.writeString(file, ConfigFile.text(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw new ServeException(file + " is there already and stays as it is", there);
        } catch (IOException unwritable) {
            throw new ServeException(file + " cannot be written", unwritable);
        }
    }

    private static void remove(Path file) {
        try {
            boolean unused = Files.deleteIfExists(file);
        } catch (IOException stays) {
            // What kept us from going on is told already.
        }
    }
}
