package dev.outdial.server.serve;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files of what is stored no more: whatever became of the process in between, none stay behind, since the row
 * goes first. A file's name has the id of its row. One owner.
 */
final class OldFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OldFiles.class);
    private static final Pattern PACKETS = Pattern.compile("(.+)\\.pcap");
    /** As the engine and the server name them; what else lies in the folder is somebody else's. */
    private static final Pattern RECORDING =
            Pattern.compile("call_.+_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.wav");

    private final Path folder;
    private final Pattern named;
    private final Predicate<String> isStored;

    private OldFiles(Path folder, Pattern named, Predicate<String> isStored) {
        this.folder = folder;
        this.named = named;
        this.isStored = isStored;
    }

    /** Packets of calls. @param isCall whether a call of that id is stored */
    static OldFiles packets(Path folder, Predicate<String> isCall) {
        return new OldFiles(folder, PACKETS, isCall);
    }

    /** Recordings. @param isRecording whether a recording of that id is stored */
    static OldFiles recordings(Path folder, Predicate<String> isRecording) {
        return new OldFiles(folder, RECORDING, isRecording);
    }

    /** Those that were not written to since then, and have no row. */
    void deleteOlderThan(Instant time) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = named.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) delete(file, name.group(1), time);
            }
        } catch (NoSuchFileException none) {
            LOG.debug("there never was a file in {}", folder);
        } catch (IOException | DirectoryIteratorException unreadable) {
            LOG.warn("old files in {} stay: {}", folder, unreadable.toString());
        }
    }

    private void delete(Path file, String id, Instant time) {
        try {
            // What was written to since is not asked for: its call ended later.
            if (!Files.getLastModifiedTime(file).toInstant().isBefore(time)) return;
            if (isStored.test(id)) return;
            boolean unused = Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.warn("{} stays: {}", file, stays.toString());
        }
    }
}
