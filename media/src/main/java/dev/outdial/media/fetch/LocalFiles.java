package dev.outdial.media.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Local files for those who may not read all of them: those below a few folders, by where they really lie, so that neither {@code ..}
 * nor a link leads out. What lies elsewhere and what does not exist get the same answer. Who can write to the folders is trusted:
 * between the look and the opening a file can be put in another's place.
 *
 * <p><b>Threading:</b> any; waits for the disk.
 */
public final class LocalFiles {
    private final List<Path> folders;

    /** Files below these folders, which may come into being later. */
    public LocalFiles(List<Path> folders) {
        this.folders = folders.stream().map(Path::toAbsolutePath).toList();
    }

    /**
     * Finds a file by its path, absolute or seen from one of the folders, the first that has it.
     *
     * @return where it really lies
     * @throws FetchException if there is no such file below the folders
     */
    public Path find(String name) throws FetchException {
        Path path = path(name);
        for (Path folder : folders) {
            Optional<Path> found = find(folder, path);
            if (found.isPresent()) return found.get();
        }
        throw new FetchException("there is no file " + path + " in the folders that files are played from");
    }

    private static Path path(String name) throws FetchException {
        try {
            if (name.isBlank()) throw new FetchException("the name of a file is expected");
            if (name.chars().anyMatch(Character::isISOControl))
                throw new FetchException("the name of a file has no control characters");
            return Path.of(name);
        } catch (InvalidPathException impossible) {
            throw new FetchException("this cannot be the name of a file: " + impossible.getReason(), impossible);
        }
    }

    private static Optional<Path> find(Path folder, Path path) {
        // Looked at as text first: of what lies elsewhere not even the time that the disk takes is told.
        Path lexical = folder.normalize();
        if (!lexical.resolve(path).normalize().startsWith(lexical)) return Optional.empty();
        try {
            Path root = folder.toRealPath();
            Path file = lexical.resolve(path).toRealPath();
            return file.startsWith(root) && Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
