package dev.outdial.media.record;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.SequenceUnwrapper;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Lays received sound on a line of samples that begins with the recording: by RTP timestamp, silence where nothing came.
 * Packets may change places within the window. <b>Threading:</b> one owner.
 *
 * <pre>
 *   ...given away | 240 ms: packets may still come | now | up to 760 ms ahead of now
 *                 ^ flushed
 * </pre>
 */
final class RecordingTimeline {
    /** Takes the samples in order. */
    interface Sink {
        void sample(short sample);
    }

    static final int WINDOW_SAMPLES = 8192;
    static final int DELAY_SAMPLES = 1920;
    private static final long NANOS_PER_SAMPLE = 125_000;
    /** The far end's clock is looked at every 5 s, by packets enough that one of them came as fast as can be. */
    private static final int LOOK_EVERY_SAMPLES = 40_000;

    private static final int LOOK_AT_PACKETS = 50;
    /** Beyond so much, 10 ms, it is moved: until it is looked at again less than a packet comes of it. */
    private static final int FAR_SAMPLES = 80;

    private final Sink sink;
    private final long startNanos;
    private final boolean beside;
    private final short[] window = new short[WINDOW_SAMPLES];
    /** One packet, decoded. */
    private final short[] sound = new short[WINDOW_SAMPLES / 4];

    private final SequenceUnwrapper timestamps = SequenceUnwrapper.ofTimestamps();
    private boolean placed;
    /** What is added to an unwrapped timestamp to get a place on the line. */
    private long shift;

    private long flushed;
    private long end;
    private long lookedAt;
    private int packets;
    private long fastest = Long.MAX_VALUE;

    /** Nobody's time but the far end's matters: its sound stays in one piece. */
    RecordingTimeline(Sink sink, long startNanos) {
        this(sink, startNanos, false);
    }

    /** @param beside whether something is recorded beside it, from which it must not drift away */
    RecordingTimeline(Sink sink, long startNanos, boolean beside) {
        this.beside = beside;
        this.sink = sink;
        this.startNanos = startNanos;
    }

    /** Forgets the relation of timestamps to the line: the far end's source changed. */
    void restart() {
        placed = false;
    }

    /** Lays a packet's sound down; returns how many samples, which {@link #sound} then holds. */
    int put(AudioCodec codec, int timestamp, ByteBuffer packet, int offset, int length, boolean late, long nowNanos) {
        if (codec.samplesFor(length) > sound.length) return 0;
        int count = codec.decode(packet, offset, length, sound, 0);
        if (!placed) place(timestamp, nowNanos);
        lay(count, timestamp, late, nowNanos);
        return count;
    }

    /** The samples of the packet that was put last, from the array's beginning. */
    short[] sound() {
        return sound;
    }

    private void lay(int count, int timestamp, boolean late, long nowNanos) {
        long at = timestamps.unwrap(timestamp) + shift;
        long lateness = place(nowNanos) - at;
        // Given away before its time was up, its place is none to lie in, but it is where it belongs.
        boolean fits =
                (at >= flushed || lateness <= DELAY_SAMPLES) && count - lateness <= WINDOW_SAMPLES - DELAY_SAMPLES;
        if (!fits && late) return;
        if (beside && fits && !late) keepInTime(lateness, place(nowNanos));
        if (!fits) {
            // The far end's clock jumped, or its way became longer: from here on its sound is placed anew.
            place(timestamp, nowNanos);
            at = timestamps.highest() + shift;
        }
        // Time alone gives nothing away here: a loop that was held up finds its packets late and all at once.
        flush(at + count - WINDOW_SAMPLES);
        for (int i = Math.clamp(flushed - at, 0, count); i < count; i++)
            window[(int) (at + i) & WINDOW_SAMPLES - 1] = sound[i];
        end = Math.max(end, at + count);
    }

    private void place(int timestamp, long nowNanos) {
        timestamps.restart(timestamp);
        shift = place(nowNanos) - timestamps.highest();
        placed = true;
        lookAgain(place(nowNanos));
    }

    /** Has what comes next lie where it comes, where the far end's clock has drifted away from ours. */
    private void keepInTime(long lateness, long now) {
        fastest = Math.min(fastest, lateness);
        packets++;
        if (now - lookedAt < LOOK_EVERY_SAMPLES || packets < LOOK_AT_PACKETS) return;
        if (Math.abs(fastest) > FAR_SAMPLES) shift += fastest;
        lookAgain(now);
    }

    private void lookAgain(long now) {
        lookedAt = now;
        packets = 0;
        fastest = Long.MAX_VALUE;
    }

    /** Lets time pass: gives away what no packet can change any more. */
    void advance(long nowNanos) {
        flush(place(nowNanos) - DELAY_SAMPLES);
    }

    /** Gives away everything before now: what comes late is left out. */
    void advanceTo(long nowNanos) {
        flush(place(nowNanos));
    }

    /** How many samples before this time were not given away yet. */
    long pending(long nowNanos) {
        return place(nowNanos) - flushed;
    }

    /** Gives away everything up to now. */
    void finish(long nowNanos) {
        flush(Math.max(end, place(nowNanos)));
        Arrays.fill(window, (short) 0);
    }

    private void flush(long until) {
        for (; flushed < until; flushed++) {
            int i = (int) flushed & WINDOW_SAMPLES - 1;
            sink.sample(window[i]);
            window[i] = 0;
        }
    }

    /** The place on the line where this time is. */
    long place(long nowNanos) {
        return (nowNanos - startNanos) / NANOS_PER_SAMPLE;
    }
}
