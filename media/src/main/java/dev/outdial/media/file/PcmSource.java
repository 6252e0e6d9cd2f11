package dev.outdial.media.file;

import java.io.Closeable;
import java.io.IOException;

/**
 * Decoded sound, read piece by piece. The channels of the file are mixed to one, each with the same weight.
 * <b>Threading:</b> one owner.
 */
public interface PcmSource extends Closeable {
    /** What the sound is kept as, for people: {@code WAV, PCM 16 bit} or {@code MP3}. */
    String format();

    /** Samples a second. */
    int sampleRate();

    /** Channels of the file, before they were mixed. */
    int channels();

    /**
     * Reads up to {@code count} samples, at full scale from -1 to 1.
     *
     * @return how many were read, at least one; -1 at the end
     * @throws AudioFormatException where the file is damaged
     */
    int read(float[] target, int offset, int count) throws IOException;
}
