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

    private final Sink sink;
    private final long startNanos;
    private final short[] window = new short[WINDOW_SAMPLES];
    /** One packet, decoded. */
    private final short[] sound = new short[WINDOW_SAMPLES / 4];

    private final SequenceUnwrapper timestamps = SequenceUnwrapper.ofTimestamps();
    private boolean placed;
    /** What is added to an unwrapped timestamp to get a place on the line. */
    private long shift;

    private long flushed;
    private long end;

    RecordingTimeline(Sink sink, long startNanos) {
        this.sink = sink;
        this.startNanos = startNanos;
    }

    /** Forgets the relation of timestamps to the line: the far end's source changed. */
    void restart() {
        placed = false;
    }

    /** Lays a packet's sound down. */
    void put(AudioCodec codec, int timestamp, ByteBuffer packet, int offset, int length, boolean late, long nowNanos) {
        if (codec.samplesFor(length) > sound.length) return;
        int count = codec.decode(packet, offset, length, sound, 0);
        if (!placed) place(timestamp, nowNanos);
        long at = timestamps.unwrap(timestamp) + shift;
        boolean fits = at >= flushed && at + count <= elapsed(nowNanos) - DELAY_SAMPLES + WINDOW_SAMPLES;
        if (!fits && late) return;
        if (!fits) {
            // The far end's clock jumped, or its way became longer: from here on its sound is placed anew.
            place(timestamp, nowNanos);
            at = timestamps.highest() + shift;
        }
        // Time alone gives nothing away here: a loop that was held up finds its packets late and all at once.
        flush(at + count - WINDOW_SAMPLES);
        for (int i = 0; i < count; i++) window[(int) (at + i) & WINDOW_SAMPLES - 1] = sound[i];
        end = Math.max(end, at + count);
    }

    private void place(int timestamp, long nowNanos) {
        timestamps.restart(timestamp);
        shift = elapsed(nowNanos) - timestamps.highest();
        placed = true;
    }

    /** Lets time pass: gives away what no packet can change any more. */
    void advance(long nowNanos) {
        flush(elapsed(nowNanos) - DELAY_SAMPLES);
    }

    /** Gives away everything up to now. */
    void finish(long nowNanos) {
        flush(Math.max(end, elapsed(nowNanos)));
        Arrays.fill(window, (short) 0);
    }

    private void flush(long until) {
        for (; flushed < until; flushed++) {
            int i = (int) flushed & WINDOW_SAMPLES - 1;
            sink.sample(window[i]);
            window[i] = 0;
        }
    }

    private long elapsed(long nowNanos) {
        return (nowNanos - startNanos) / NANOS_PER_SAMPLE;
    }
}
