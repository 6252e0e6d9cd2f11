package dev.outdial.media.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** What goes wrong with files that are written, in words for their owner: without a file's name, and without names of ours. Pure. */
public final class FileTrouble {
    private FileTrouble() {}

    /** What the system says, as in "permission denied". */
    public static String why(@Nullable Throwable trouble) {
        return switch (trouble) {
            case NoSuchFileException missing -> "there is no such folder";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            case IOException other when other.getMessage() != null -> other.getMessage();
            case OutOfMemoryError full -> "there is not enough memory";
            case null, default -> "something unforeseen went wrong";
        };
    }
}
