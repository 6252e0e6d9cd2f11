package dev.outdial.media;

import dev.outdial.media.file.AudioFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Names files by their content, and reads one again only where it may have changed. <b>Threading:</b> any; a file that is read holds
 * its caller up.
 */
final class ContentHashes {
    /** A file that was written this short a time ago may be written again within the same tick of the file system's clock. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final int MOST_FILES = 10_000;
    private static final int PIECE_BYTES = 65_536;

    private record Stamp(
            long byteLength, FileTime modified, @Nullable Object fileKey) {}

    private record Known(Stamp stamp, String hash) {}

    private final Clock clock;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    ContentHashes() {
        this(Clock.systemUTC());
    }

    ContentHashes(Clock clock) {
        this.clock = clock;
    }

    /**
     * The SHA-256 of the file's content, or of the beginning of one that is too large to be played.
     *
     * @param name what its user knows it by
     */
    String of(Path file, String name) throws IOException {
        Path path = file.toAbsolutePath();
        Stamp stamp = stamp(path, name);
        Known before = known.get(path);
        if (before != null && before.stamp.equals(stamp)) return before.hash;
        String hash = read(path);
        boolean isSettled = stamp.modified.toInstant().plus(SETTLED).isBefore(clock.instant());
        // Looked at once more: what changed while it was read is read again next time.
        if (isSettled && known.size() < MOST_FILES && stamp(path, name).equals(stamp))
            known.put(path, new Known(stamp, hash));
        return hash;
    }

    private static Stamp stamp(Path file, String name) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        AudioFiles.requireFile(attributes, name);
        return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE_BYTES];
            long total = 0;
            // A file that is too large is refused when it is opened; there is no need to read all of it.
            for (int n; total <= AudioFiles.MAX_BYTES && (n = in.read(piece)) >= 0; total += n)
                digest.update(piece, 0, n);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
