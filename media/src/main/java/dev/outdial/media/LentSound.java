package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.jitter.Playout;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * What a far end says, for another session to send: played out when that one's packets are due, with a jitter buffer of its own. Of
 * G.711 the very codes leave that came, where both sides speak the same; only mu-law's negative zero becomes the positive one.
 * <b>Threading:</b> the media loop that carries the session it is lent by; on another it gives nothing.
 */
final class LentSound implements LiveSound {
    /** What is waited for before anything is known of the jitter. */
    private static final int FIRST_DELAY_MILLIS = 25;

    private final BooleanSupplier here;
    private final BooleanSupplier muted;
    private final Playout playout = new Playout(FIRST_DELAY_MILLIS);

    /**
     * @param here whether the thread is the loop that carries the lender
     * @param muted whether nothing is to be heard of it: it is played out all the same, and stays in time
     */
    LentSound(BooleanSupplier here, BooleanSupplier muted) {
        this.here = here;
        this.muted = muted;
    }

    void putSound(
            AudioCodec codec,
            int sequenceNumber,
            int timestamp,
            Verdict verdict,
            ByteBuffer packet,
            int offset,
            int length,
            long nowNanos) {
        playout.put(codec, sequenceNumber, timestamp, verdict, packet, offset, length, nowNanos);
    }

    void putKey(int sequenceNumber, Verdict verdict) {
        playout.putEvent(sequenceNumber, verdict);
    }

    void putNoise(int sequenceNumber, Verdict verdict, int level) {
        playout.putNoise(sequenceNumber, verdict, level);
    }

    @Override
    public boolean fill(short[] target, int count, long nowNanos) {
        // Between two loops, for as long as one of the two moves.
        if (!here.getAsBoolean()) return false;
        playout.take(target, count, nowNanos);
        if (muted.getAsBoolean()) return false;
        for (int i = 0; i < count; i++) if (target[i] != 0) return true;
        return false;
    }
}
