package dev.outdial.media;

import dev.outdial.media.tone.Tone;
import dev.outdial.media.tone.ToneGenerator;
import java.util.Arrays;

/** Tells the far end that it is recorded from here on: 1 kHz for 300 ms, once. <b>Threading:</b> one owner. */
final class Beep implements LiveSound {
    private static final int SAMPLES = 2400;
    static final double LEVEL_DBM0 = -10;

    private final ToneGenerator tone = new ToneGenerator();

    Beep() {
        tone.start(Tone.of(1000, LEVEL_DBM0), SAMPLES);
    }

    @Override
    public boolean fill(short[] target, int count, long nowNanos) {
        int written = tone.fill(target, 0, count);
        Arrays.fill(target, written, count, (short) 0);
        return written > 0;
    }

    @Override
    public boolean isOver() {
        return !tone.isSounding();
    }
}
