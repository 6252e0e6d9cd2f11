package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.AudioClip;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a flow's author calls a sound by: an address, or a path in the folder that the user allows, which nothing leads out of. */
final class MediaFolder {
    private final Optional<Path> folder;

    MediaFolder(Optional<Path> folder) {
        this.folder = folder;
    }

    /**
     * The clip of that name.
     *
     * @throws StepException if there is none that may be played; says why
     */
    AudioClip clip(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("http://") || plain.startsWith("https://")) {
            try {
                return AudioClip.of(URI.create(name.strip()));
            } catch (IllegalArgumentException wrong) {
                // The text itself may hold a secret.
                throw new StepException("an address of a sound is no address", wrong);
            }
        }
        return AudioClip.of(file(name));
    }

    private Path file(String name) {
        if (folder.isEmpty()) {
            throw new StepException(name + ": no folder is set that files may be played from");
        }
        try {
            Path root = folder.get().toRealPath();
            Path asked = root.resolve(name).normalize();
            if (!asked.startsWith(root)) throw outside(name);
            Path real = asked.toRealPath();
            // A link may lead anywhere.
            if (!real.startsWith(root)) throw outside(name);
            if (!Files.isRegularFile(real)) throw missing(name);
            return real;
        } catch (NoSuchFileException none) {
            throw missing(name);
        } catch (InvalidPathException wrong) {
            throw new StepException("a path of a sound is no path: " + wrong.getReason(), wrong);
        } catch (IOException unreadable) {
            throw new StepException(name + " cannot be read", unreadable);
        }
    }

    private static StepException outside(String name) {
        return new StepException(name + " lies outside of the folder that files may be played from");
    }

    private static StepException missing(String name) {
        return new StepException("there is no file " + name + " in the folder that files are played from");
    }
}
