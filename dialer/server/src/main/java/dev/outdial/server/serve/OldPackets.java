package dev.outdial.server.serve;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the packets of calls that are stored no more: whatever became of the process in between, none stay behind. A file is named for
 * its call. One owner.
 */
final class OldPackets {
    private static final Logger LOG = LoggerFactory.getLogger(OldPackets.class);
    private static final String ENDING = ".pcap";

    private final Path folder;
    private final Predicate<String> isCall;

    /** @param isCall whether a call of that id is stored */
    OldPackets(Path folder, Predicate<String> isCall) {
        this.folder = folder;
        this.isCall = isCall;
    }

    /** Those that were not written to since then, and have no call. */
    void deleteOlderThan(Instant time) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) delete(file, time);
        } catch (NoSuchFileException none) {
            LOG.debug("no packets were ever kept");
        } catch (IOException | DirectoryIteratorException unreadable) {
            LOG.warn("old packets in {} stay: {}", folder, unreadable.toString());
        }
    }

    private void delete(Path file, Instant time) {
        try {
            // What was written to since is not asked for: its call ended later.
            if (!Files.getLastModifiedTime(file).toInstant().isBefore(time)) return;
            String name = String.valueOf(file.getFileName());
            if (isCall.test(name.substring(0, name.length() - ENDING.length()))) return;
            boolean unused = Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.warn("{} stays: {}", file, stays.toString());
        }
    }
}
