package dev.outdial.media.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder of what was fetched: each content once, in a file that is named by it and never changed, and beside it what is known of
 * each address that led to it. Everything appears whole or not at all, so that several processes may share the folder. What was
 * used least lately goes when there is too much. Files with other names are left alone. <b>Threading:</b> any; waits for the disk.
 */
final class ContentCache {
    private static final String CONTENT = ".content";
    private static final String ENTRY = ".entry";
    private static final String UNFINISHED_PREFIX = "outdial-";
    private static final String UNFINISHED = ".part";

    /** What is ours in a folder that may hold other people's files too. */
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.(content|entry)|outdial-[0-9]{1,20}\\.part");

    /** Who still writes has done so a short time ago. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    /** What a small file takes on the disk. */
    private static final long ENTRY_BYTES = 4096;

    private final Path folder;
    private final long maxBytes;

    /** Keeps up to so many bytes, and what was added last in any case. */
    ContentCache(Path folder, long maxBytes) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.maxBytes = maxBytes;
        removeAbandoned();
    }

    Path folder() {
        return folder;
    }

    /** What is known of an address, where its content is still there. */
    Optional<CacheEntry> find(String key) {
        try {
            return CacheEntry.read(Files.readAllLines(folder.resolve(key + ENTRY)))
                    .filter(entry -> Files.exists(file(entry)));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    Path file(CacheEntry entry) {
        return file(entry.contentHash());
    }

    private Path file(String contentHash) {
        return folder.resolve(contentHash + CONTENT);
    }

    /** Adds a content. Nothing is left of one that breaks off. */
    String add(InputStream content) throws IOException {
        Path part = Files.createTempFile(folder, UNFINISHED_PREFIX, UNFINISHED);
        try {
            MessageDigest digest = Hashes.sha256();
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
                content.transferTo(out);
            }
            String hash = HexFormat.of().formatHex(digest.digest());
            // The same content in the same file, unchanged: what others know of that file goes on being true.
            if (!Files.exists(file(hash))) Files.move(part, file(hash), StandardCopyOption.ATOMIC_MOVE);
            return hash;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Remembers what an address led to. */
    void put(String key, CacheEntry entry) throws IOException {
        Path part = Files.createTempFile(folder, UNFINISHED_PREFIX, UNFINISHED);
        try {
            Files.write(part, entry.lines());
            Files.move(part, folder.resolve(key + ENTRY), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Forgets what is known of an address; its content stays for as long as there is room. */
    void forget(String key) throws IOException {
        Files.deleteIfExists(folder.resolve(key + ENTRY));
    }

    /** Says that an address was asked for, which keeps it for longer. */
    void used(String key) {
        try {
            Files.setLastModifiedTime(folder.resolve(key + ENTRY), FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException gone) {
            // Somebody else made room: it is fetched again next time.
            return;
        }
    }

    /** A content, when it was used last, and the addresses that led to it. */
    private static final class Kept {
        final Path file;
        final List<Path> entries = new ArrayList<>();
        long byteCount;
        long usedMillis;

        Kept(Path file) throws IOException {
            this.file = file;
            byteCount = Files.size(file);
            usedMillis = Files.getLastModifiedTime(file).toMillis();
        }

        void entry(Path entry) throws IOException {
            entries.add(entry);
            byteCount += ENTRY_BYTES;
            usedMillis = Math.max(usedMillis, Files.getLastModifiedTime(entry).toMillis());
        }
    }

    /** Makes room, and leaves that content. */
    synchronized void trim(String contentHash) throws IOException {
        Map<String, Kept> all = kept();
        long total = all.values().stream().mapToLong(kept -> kept.byteCount).sum();
        List<Kept> oldestFirst = new ArrayList<>(all.values());
        oldestFirst.sort(Comparator.comparingLong(kept -> kept.usedMillis));
        for (Kept kept : oldestFirst) {
            if (total <= maxBytes) return;
            if (kept.file.equals(file(contentHash))) continue;
            for (Path entry : kept.entries) Files.deleteIfExists(entry);
            Files.deleteIfExists(kept.file);
            total -= kept.byteCount;
        }
    }

    private Map<String, Kept> kept() throws IOException {
        Map<String, Kept> all = new HashMap<>();
        for (Path file : listed(CONTENT)) {
            String name = String.valueOf(file.getFileName());
            try {
                all.put(name.substring(0, name.length() - CONTENT.length()), new Kept(file));
            } catch (NoSuchFileException gone) {
                // somebody else made room
            }
        }
        for (Path entry : listed(ENTRY)) {
            try {
                Kept kept = CacheEntry.read(Files.readAllLines(entry))
                        .map(known -> all.get(known.contentHash()))
                        .orElse(null);
                if (kept == null) Files.deleteIfExists(entry);
                else kept.entry(entry);
            } catch (IOException gone) {
                // somebody else made room
            }
        }
        return all;
    }

    private void removeAbandoned() throws IOException {
        long before = System.currentTimeMillis() - ABANDONED.toMillis();
        for (Path part : listed(UNFINISHED)) {
            try {
                if (Files.getLastModifiedTime(part).toMillis() < before) Files.deleteIfExists(part);
            } catch (NoSuchFileException gone) {
                // somebody else tidied up
            }
        }
    }

    private List<Path> listed(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ending)) {
            for (Path file : files)
                if (OURS.matcher(String.valueOf(file.getFileName())).matches()) found.add(file);
        }
        return found;
    }

    /** Removes everything, where the folder was only lent. */
    void remove() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
