package dev.outdial.media;

import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Negotiation;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/**
 * One stream of RTP audio out and one in. It receives from the moment it is opened, and sends (silence where nothing
 * plays) from {@link #answered} to the end. A handle: <b>threading:</b> every method may be called on any thread, none
 * waits.
 */
public final class MediaSession implements AutoCloseable {
    MediaSession() {}

    /** The session description to offer, {@code application/sdp}; always the same. */
    public byte[] offer() {
        throw new UnsupportedOperationException();
    }

    /**
     * Judges an answer to {@link #offer}. Where it is agreeable, RTP flows from now on; a later one replaces it.
     *
     * @param sdp the answer, of whatever quality
     */
    public Negotiation answered(byte[] sdp) {
        throw new UnsupportedOperationException();
    }

    /** Takes note of a session description in a provisional response. Sound is received already; nothing is sent yet. */
    public void early(byte[] sdp) {}

    /**
     * Plays a clip after whatever plays now, without a gap. Ends in one {@link MediaEvent.Played}.
     *
     * @return the number that the event will carry
     * @throws IllegalStateException before an agreeable answer
     * @throws IllegalArgumentException when the clip's codec or ptime is not the agreed one
     */
    public long play(EncodedClip clip) {
        throw new UnsupportedOperationException();
    }

    /** Ends what plays within one packet and forgets the clips after it; keys that wait are still sent. */
    public void stopPlaying() {}

    /**
     * Sends keys as telephone-events after whatever plays now, 160 ms each with 80 ms pauses. Ends in one {@link
     * MediaEvent.DigitsSent}.
     *
     * @param digits 0-9, *, #, A-D
     * @return the number that the event will carry
     * @throws IllegalArgumentException for another character
     */
    public long sendDigits(String digits) {
        throw new UnsupportedOperationException();
    }

    /**
     * Records what the far end says from now on to an 8 kHz 16 bit mono WAV file. The file is readable at any time,
     * complete when {@link #finish} is. Trouble becomes {@link MediaEvent.RecordingFailed}.
     */
    public void record(Path file) {}

    /** What was sent and received; at most a second old. */
    public MediaStatistics statistics() {
        return MediaStatistics.NONE;
    }

    /**
     * Ends the session: RTCP BYE, ports freed, recording complete. Clips and keys that wait end as not whole. May be called
     * again.
     *
     * @return the final statistics, when all that is done; never fails
     */
    public CompletionStage<MediaStatistics> finish() {
        throw new UnsupportedOperationException();
    }

    /** {@link #finish} without waiting for it. */
    @Override
    public void close() {}
}
