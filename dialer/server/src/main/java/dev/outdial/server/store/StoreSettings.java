package dev.outdial.server.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where things are kept.
 *
 * @param url of JDBC: {@code jdbc:h2:...} or {@code jdbc:postgresql://host/database}
 * @param user of the database
 * @param password of the user
 * @param connections how many transactions run at a time, 1 to 200
 * @param patience how long is waited for a connection before the database counts as away, 250 ms at least
 */
public record StoreSettings(String url, String user, String password, int connections, Duration patience) {
    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    public StoreSettings {
        if (!url.startsWith(H2) && !url.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException("store url: " + H2 + "... or " + POSTGRESQL + "//... is expected");
        }
        if (connections < 1 || connections > 200) {
            throw new IllegalArgumentException("store connections " + connections + ": 1 to 200 are expected");
        }
        if (patience.toMillis() < 250) {
            throw new IllegalArgumentException("store patience " + patience + ": 250 ms or more are expected");
        }
    }

    /** Ten transactions at a time; two seconds for a connection. */
    public StoreSettings(String url, String user, String password) {
        this(url, user, password, 10, Duration.ofSeconds(2));
    }

    /** A file of the embedded database: {@code outdial.mv.db} in a folder, which is made where it is missing. */
    public static StoreSettings inFolder(Path folder) {
        return h2("file:" + folder.toAbsolutePath().resolve("outdial"));
    }

    /** In memory, as long as the store is open: for tests, and where nothing needs to last. */
    public static StoreSettings inMemory(String name) {
        return h2("mem:" + name);
    }

    static StoreSettings h2(String place) {
        return new StoreSettings(H2 + place, "sa", "");
    }

    boolean isH2() {
        return url.startsWith(H2);
    }

    /** The file of the embedded database, without its ending; empty where there is none, or it lies in a file system of somebody's own. */
    Optional<Path> file() {
        String place = url.replaceFirst("^" + H2 + "(file:)?", "").replaceAll(";.*", "");
        boolean isFile = isH2() && (url.startsWith(H2 + "file:") || !place.contains(":"));
        return isFile
                ? Optional.of(Path.of(place.replaceFirst("^~", System.getProperty("user.home"))))
                : Optional.empty();
    }

    /** The password stays out. */
    @Override
    public String toString() {
        return "StoreSettings[" + (isH2() ? url : url.replaceAll("[?].*", "")) + "]";
    }
}
