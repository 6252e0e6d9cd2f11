package dev.outdial.dialer;

import java.nio.file.Path;

/**
 * Something to play. Opened by its content, not by its name; decoded when it is loaded or first played, once for all
 * calls.
 *
 * @param file MP3, WAV (PCM, mu-law, A-law) or Ogg Vorbis; at most 50 MB and 10 minutes
 */
public record AudioClip(Path file) {
    /** The sound in a file. */
    public static AudioClip of(Path file) {
        return new AudioClip(file);
    }
}
