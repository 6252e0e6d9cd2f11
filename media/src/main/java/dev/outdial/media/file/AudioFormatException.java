package dev.outdial.media.file;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An audio file that cannot be played. The message names the file, what is wrong, where, and what was expected; it is
 * fit to be shown to the user who brought the file.
 */
public final class AudioFormatException extends IOException {
    /** For a problem with the file as a whole. */
    public AudioFormatException(Path file, String problem) {
        super(file.getFileName() + ": " + problem);
    }

    /** For a problem at a place, in bytes from the start of the file. */
    public AudioFormatException(Path file, String problem, long byteOffset) {
        super(file.getFileName() + ": " + problem + " at byte " + byteOffset);
    }

    /** For a problem at a place that a decoder found. */
    AudioFormatException(Path file, String problem, long byteOffset, Throwable cause) {
        super(file.getFileName() + ": " + problem + " at byte " + byteOffset, cause);
    }
}
