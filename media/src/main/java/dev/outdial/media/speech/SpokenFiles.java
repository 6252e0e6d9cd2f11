package dev.outdial.media.speech;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What was spoken before, in a folder that may be shared with other processes: whole files that appear at once and are named by
 * what they depend on; those used last are kept. <b>Threading:</b> any; waits for the disk.
 */
final class SpokenFiles {
    private static final String SUFFIX = ".wav";
    private static final String PART = ".part";
    private static final int SMALLEST_BYTES = 45;

    /** Who was handed a file opens it soon. */
    private static final Duration IN_USE = Duration.ofMinutes(1);

    /** Nobody speaks for so long: it was left behind by a process that died. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private final Path folder;
    private final long maxBytes;
    private final Clock clock;

    SpokenFiles(Path folder, long maxBytes, Clock clock) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /** The name of what depends on those and nothing else. */
    static String key(String... of) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : of) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // With its length before it, so that no two lists of parts are the same bytes.
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The file of that name, which counts as used now. */
    Optional<Path> find(String key) {
        Path file = folder.resolve(key + SUFFIX);
        try {
            if (Files.size(file) < SMALLEST_BYTES) return Optional.empty();
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.of(file);
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    /** A file to write to before it gets its name. */
    Path part() throws IOException {
        Files.createDirectories(folder);
        return folder.resolve(UUID.randomUUID() + PART);
    }

    /** Gives a file its name, and removes others where there are too many. */
    Path keep(Path part, String key) throws IOException {
        Path file = folder.resolve(key + SUFFIX);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        sweep();
        return file;
    }

    private record Kept(Path file, long byteLength, Instant used) {}

    private void sweep() throws IOException {
        Instant now = clock.instant();
        long bytes = 0;
        List<Kept> all = new ArrayList<>();
        for (Kept kept : list()) {
            if (kept.file.toString().endsWith(SUFFIX)) {
                all.add(kept);
                bytes += kept.byteLength;
            } else if (kept.used.plus(LEFT_BEHIND).isBefore(now)) {
                remove(kept.file);
            }
        }
        all.sort(Comparator.comparing(Kept::used));
        for (Kept kept : all) {
            if (bytes <= maxBytes || kept.used.plus(IN_USE).isAfter(now)) break;
            remove(kept.file);
            bytes -= kept.byteLength;
        }
    }

    private List<Kept> list() throws IOException {
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = String.valueOf(file.getFileName());
                // What is not ours in that folder stays.
                if (!name.matches("[0-9a-f]{64}\\.wav|[0-9a-f-]{36}\\.part.*")) continue;
                try {
                    all.add(new Kept(
                            file,
                            Files.size(file),
                            Files.getLastModifiedTime(file).toInstant()));
                } catch (NoSuchFileException gone) {
                    // another process sweeps too
                }
            }
        }
        return all;
    }

    /** Removes a file, if it can be and is there. */
    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // a later sweep tries again
        }
    }
}
