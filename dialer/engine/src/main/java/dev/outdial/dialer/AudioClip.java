package dev.outdial.dialer;

import java.nio.file.Path;

/**
 * Something to play. Opened by its content, not by its name; decoded when it is loaded or first played, once for all
 * calls.
 *
 * @param file MP3, WAV (PCM, mu-law, A-law) or Ogg Vorbis; at most 50 MB and 10 minutes
 * @param times how often, without a gap between; 0 for until {@link Call#stopPlaying} or the end of the call
 * @param volumeDb how much louder than it is, -60 to 20 dB; what becomes too loud is clipped
 */
public record AudioClip(Path file, int times, double volumeDb) {
    private static final double SOFTEST_DB = -60;
    private static final double LOUDEST_DB = 20;

    public AudioClip {
        if (times < 0) {
            throw new IllegalArgumentException("to be played " + times + " times");
        }
        if (!(volumeDb >= SOFTEST_DB && volumeDb <= LOUDEST_DB)) {
            throw new IllegalArgumentException(
                    "volume " + volumeDb + " dB: " + SOFTEST_DB + " to " + LOUDEST_DB + " is expected");
        }
    }

    /** The sound in a file, once and as loud as it is. */
    public static AudioClip of(Path file) {
        return new AudioClip(file, 1, 0);
    }

    /** The same sound several times, or 0 for until it is stopped. */
    public AudioClip repeated(int several) {
        return new AudioClip(file, several, volumeDb);
    }

    /** The same sound louder, or softer where the decibels are negative. */
    public AudioClip louderBy(double decibels) {
        return new AudioClip(file, times, decibels);
    }
}
