package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SoundDecoder;
import dev.outdial.media.codec.SoundEncoder;
import dev.outdial.media.mix.Gain;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Negotiation.Agreed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A clip on its way out: how often, how loud, and how far it came. <b>Threading:</b> one owner. */
final class OutgoingClip implements OutgoingItem {
    static final int UNTIL_STOPPED = 0;
    private static final double SAMPLES_PER_MILLI = 8;

    /** What it takes to change the sound of a codec that has state. */
    private static final class Decoding {
        private final SoundDecoder decoder;
        private final ByteBuffer frame = ByteBuffer.allocate(SoundEncoder.MAX_BYTES);
        private final short[] samples = new short[SoundDecoder.MAX_SAMPLES];

        private Decoding(AudioCodec codec) {
            decoder = codec.newDecoder();
        }
    }

    private final long id;
    private final EncodedClip clip;
    private final int times;
    private final Gain gain;
    private Optional<Decoding> decoding = Optional.empty();
    private int timesPlayed;
    /** The next sample, or of a codec that has state the next frame's first. */
    private int at;

    private long sampleCount;

    /**
     * Plays the clip so many times, each beginning in the very sample after the last, or of a codec that has state in the frame
     * after it.
     *
     * @param times {@link #UNTIL_STOPPED} or more
     * @param volumeDb what is added to the clip's own loudness
     */
    OutgoingClip(long id, EncodedClip clip, int times, double volumeDb) {
        if (times < 0) throw new IllegalArgumentException("play " + times + " times");
        this.id = id;
        this.clip = clip;
        this.times = times;
        this.gain = clip.codec().hasState() ? Gain.ofSamples(volumeDb) : Gain.of(clip.codec(), volumeDb);
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
        return isDone() || !fits(clip, terms);
    }

    /** Whether it can be sent on these terms. */
    boolean fits(Agreed terms) {
        return fits(clip, terms);
    }

    /** Whether a clip can be sent on these terms: in its own codec, and where that has state in packets as long as its frames. */
    static boolean fits(EncodedClip clip, Agreed terms) {
        return clip.codec() == terms.codec() && (!clip.codec().hasState() || clip.ptimeMillis() == terms.ptimeMillis());
    }

    /**
     * Copies the next samples to where the buffer stands: of a codec without state.
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

    /** Whether its frames can be sent as they are. */
    boolean isAsItIs() {
        return gain.isUnchanged();
    }

    /** Copies the next frame to where the buffer stands: of a codec that has state, and not {@link #isDone}. */
    void copyFrame(ByteBuffer target) {
        int frameSamples = AudioCodec.samplesIn(clip.ptimeMillis());
        int index = at / frameSamples;
        clip.copyFrame(index, target);
        sampleCount += Math.clamp(clip.sampleCount() - at, 0, frameSamples);
        at += frameSamples;
        if (index + 1 == clip.frameCount()) {
            at = 0;
            timesPlayed++;
        }
    }

    /** Writes the samples of the next frame, as loud as they are to be: of a codec that has state, and not {@link #isDone}. */
    void decodeFrame(short[] target, int count) {
        if (decoding.isEmpty()) decoding = Optional.of(new Decoding(clip.codec()));
        Decoding open = decoding.get();
        copyFrame(open.frame.clear());
        int decoded = open.decoder.decode(open.frame, 0, open.frame.position(), open.samples);
        int known = Math.min(decoded, count);
        System.arraycopy(open.samples, 0, target, 0, known);
        Arrays.fill(target, known, count, (short) 0);
        gain.apply(target, known);
    }

    @Override
    public MediaEvent report() {
        return new MediaEvent.Played(id, Math.round(sampleCount / SAMPLES_PER_MILLI), isDone());
    }
}
