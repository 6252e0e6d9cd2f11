package dev.outdial.media;

import dev.outdial.media.tone.Tone;
import dev.outdial.media.tone.ToneGenerator;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Tells the far end that it is recorded from here on: 1 kHz for 300 ms, once, when the far end listens. Who is on hold hears it
 * afterwards; right after the answer it waits for the far end's own sound, or a short while where that stays silent, as a first prompt
 * does. <b>Threading:</b> one owner.
 */
final class Beep implements LiveSound {
    private static final int SAMPLES = 2400;
    static final double LEVEL_DBM0 = -10;

    private static final long LONGEST_WAIT_NANOS = 400_000_000;

    private final ToneGenerator tone = new ToneGenerator();
    private final BooleanSupplier farEndSpoke;
    private final long latestNanos;
    private boolean begun;

    /** @param farEndSpoke whether the far end's sound came since the answer */
    Beep(BooleanSupplier farEndSpoke, long nowNanos) {
        this.farEndSpoke = farEndSpoke;
        latestNanos = nowNanos + LONGEST_WAIT_NANOS;
        tone.start(Tone.of(1000, LEVEL_DBM0), SAMPLES);
    }

    @Override
    public boolean fill(short[] target, int count, long nowNanos) {
        begun = begun || farEndSpoke.getAsBoolean() || nowNanos - latestNanos >= 0;
        if (!begun) return false;
        int written = tone.fill(target, 0, count);
        Arrays.fill(target, written, count, (short) 0);
        return written > 0;
    }

    @Override
    public boolean isOver() {
        return !tone.isSounding();
    }

    @Override
    public boolean waitsToBeHeard() {
        return true;
    }
}
