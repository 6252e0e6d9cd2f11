package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.mix.Gain;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Negotiation.Agreed;
import java.nio.ByteBuffer;

/** A clip on its way out: how often, how loud, and how far it came. <b>Threading:</b> one owner. */
final class OutgoingClip implements OutgoingItem {
    static final int UNTIL_STOPPED = 0;
    private static final double SAMPLES_PER_MILLI = 8;

    private final long id;
    private final EncodedClip clip;
    private final int times;
    private final Gain gain;
    private int timesPlayed;
    private int at;
    private long sampleCount;

    /**
     * Plays the clip so many times, each beginning in the very sample after the last.
     *
     * @param times {@link #UNTIL_STOPPED} or more
     * @param volumeDb what is added to the clip's own loudness
     */
    OutgoingClip(long id, EncodedClip clip, int times, double volumeDb) {
        if (times < 0) throw new IllegalArgumentException("play " + times + " times");
        this.id = id;
        this.clip = clip;
        this.times = times;
        this.gain = Gain.of(clip.codec(), volumeDb);
    }

    long id() {
        return id;
    }

    /** Whether there is nothing left to play: of an empty clip there never is. */
    boolean isDone() {
        return clip.sampleCount() == 0 || times != UNTIL_STOPPED && timesPlayed == times;
    }

    @Override
    public boolean isDone(Agreed terms) {
        return isDone() || !isIn(terms.codec());
    }

    /** Whether it can be sent as this codec. */
    boolean isIn(AudioCodec codec) {
        return clip.codec() == codec;
    }

    /**
     * Copies the next samples to where the buffer stands.
     *
     * @return how many: {@code count}, or fewer where the clip ends
     */
    int copy(ByteBuffer target, int count) {
        int start = target.position();
        int left = count;
        while (left > 0 && !isDone()) {
            int piece = Math.min(left, clip.sampleCount() - at);
            clip.copy(at, piece, target);
            left -= piece;
            at += piece;
            if (at == clip.sampleCount()) {
                at = 0;
                timesPlayed++;
            }
        }
        gain.apply(target, start, target.position() - start);
        sampleCount += count - left;
        return count - left;
    }

    @Override
    public MediaEvent report() {
        return new MediaEvent.Played(id, Math.round(sampleCount / SAMPLES_PER_MILLI), isDone());
    }
}
