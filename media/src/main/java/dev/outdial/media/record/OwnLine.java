package dev.outdial.media.record;

/**
 * What we say, laid on the line of a {@link RecordingTimeline} beside what the far end says: each packet where the last one ended,
 * or where the clock is when that is more than a packet away. <b>Threading:</b> one owner.
 */
final class OwnLine {
    private static final int MASK = RecordingTimeline.WINDOW_SAMPLES - 1;

    private final short[] window = new short[RecordingTimeline.WINDOW_SAMPLES];
    private boolean begun;
    private long end;
    private long taken;

    /** Lays samples down, the first at about this place. */
    void put(short[] samples, int count, long at) {
        if (!begun || Math.abs(at - end) > count) end = at;
        begun = true;
        for (int i = 0; i < count; i++) {
            long place = end + i;
            if (place >= taken && place - taken <= MASK) window[(int) place & MASK] = samples[i];
        }
        end += count;
    }

    /** Gives the next sample, 0 where nothing was said. */
    short take() {
        int i = (int) taken++ & MASK;
        short sample = window[i];
        window[i] = 0;
        return sample;
    }
}
