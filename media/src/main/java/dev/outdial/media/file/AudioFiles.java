package dev.outdial.media.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * Opens audio files by what they contain, whatever their names say: MP3, WAV, Ogg Vorbis, Ogg Opus, AIFF and AU. At most 50 MB and 10
 * minutes are read, and decoding ends after 30 s of work. A decode holds less than 16 MB, however long the sound is.
 */
public final class AudioFiles {
    /** The largest file that is opened, in bytes. */
    public static final long MAX_BYTES = 50L << 20;
    /** The longest sound that is read, in seconds. */
    public static final int MAX_SECONDS = 600;
    /** The longest that one file is decoded, in seconds of decoding: waiting for who reads it is not counted. */
    public static final int MAX_DECODE_SECONDS = 30;

    private AudioFiles() {}

    /** As {@link #open(Path, String)}, where problems are told by the file's own name. */
    public static PcmSource open(Path file) throws IOException {
        return open(file, String.valueOf(file.getFileName()));
    }

    /**
     * Opens a file for reading from its first sample.
     *
     * @param name what its user knows it by: problems are told by this name
     * @throws NoSuchFileException when it is not there
     * @throws AudioFormatException when it is no audio that is understood here
     */
    public static PcmSource open(Path file, String name) throws IOException {
        return open(file, name, new TimeLimit(TimeUnit.SECONDS.toNanos(MAX_DECODE_SECONDS), System::nanoTime));
    }

    static PcmSource open(Path file, String name, TimeLimit time) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        requireFile(attributes, name);
        if (attributes.size() == 0) throw new AudioFormatException(name, "empty" + AudioKind.EXPECTED);
        if (attributes.size() > MAX_BYTES)
            throw new AudioFormatException(name, attributes.size() + " bytes, expected at most " + MAX_BYTES);
        return GuardedSource.open(AudioInput.open(file, name, time), time, AudioKind::openByContent);
    }

    /**
     * Refuses folders, devices and pipes: to open a pipe would wait for who writes to it.
     *
     * @param name what its user knows it by
     * @throws AudioFormatException where it is no file
     */
    public static void requireFile(BasicFileAttributes attributes, String name) throws AudioFormatException {
        if (attributes.isDirectory()) throw new AudioFormatException(name, "a folder" + AudioKind.EXPECTED);
        if (!attributes.isRegularFile()) throw new AudioFormatException(name, "a device or pipe, expected a file");
    }
}
