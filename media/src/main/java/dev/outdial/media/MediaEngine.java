package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.net.Lateness;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.media.rtp.EncodedClip;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Sessions of RTP audio, and the sound they play. <b>Threading:</b> every method may be called on any thread; none but
 * {@link #close} waits.
 */
public final class MediaEngine implements AutoCloseable {
    private MediaEngine(MediaConfig config) {}

    /** Starts the media loop and the workers. */
    public static MediaEngine open(MediaConfig config) {
        return new MediaEngine(config);
    }

    /**
     * Takes a pair of ports and receives on them from now on.
     *
     * @param local the address to bind, and to name in the offer
     * @param listener called on the media loop; it must do nothing but post the event on
     * @throws RtpPortsExhaustedException when no pair of the range is free
     * @throws IllegalArgumentException when {@code local} is not an address of this machine
     */
    public MediaSession openSession(InetAddress local, Consumer<MediaEvent> listener)
            throws RtpPortsExhaustedException {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads, resamples and encodes a file on a worker: once, the result is kept by content.
     *
     * @param ptimeMillis 10 to 40
     * @return fails with {@link dev.outdial.media.file.AudioFormatException} for a file that cannot be played, {@link
     *     java.nio.file.NoSuchFileException} for a missing one, or another {@link java.io.IOException}
     */
    public CompletionStage<EncodedClip> encode(Path file, AudioCodec codec, int ptimeMillis) {
        throw new UnsupportedOperationException();
    }

    /** How late packets left, over all sessions since the engine was opened. */
    public Lateness lateness() {
        throw new UnsupportedOperationException();
    }

    /** Ends all sessions and frees their ports; returns when that is done. */
    @Override
    public void close() {}
}
