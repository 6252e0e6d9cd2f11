package dev.outdial.media.tone;

import dev.outdial.media.dtmf.Digits;
import java.util.Arrays;

/** Presses one key at a time as a tone with a pause after it. Allocates nothing. <b>Threading:</b> one owner. */
public final class KeyTones {
    private static final int SAMPLES_PER_MILLI = 8;

    private final ToneGenerator generator = new ToneGenerator();
    private int pauseSamples;

    /**
     * Presses a key.
     *
     * @throws IllegalStateException while another key is pressed
     * @throws IllegalArgumentException for what is no key, and for times that {@link Digits#checkTimes} refuses
     */
    public void press(char digit, int toneMillis, int pauseMillis) {
        if (isBusy()) throw new IllegalStateException("a key is being sent");
        Digits.checkTimes(toneMillis, pauseMillis);
        generator.start(DtmfTones.of(digit), toneMillis * SAMPLES_PER_MILLI);
        pauseSamples = pauseMillis * SAMPLES_PER_MILLI;
    }

    /** Whether a key, or the pause after it, is under way. */
    public boolean isBusy() {
        return generator.isSounding() || pauseSamples > 0;
    }

    /** Whether the key still sounds. */
    public boolean isDown() {
        return generator.isSounding();
    }

    /** Writes the next samples: the tone, then silence. */
    public void fill(short[] target, int count) {
        int written = generator.fill(target, 0, count);
        Arrays.fill(target, written, count, (short) 0);
        pause(count - written);
    }

    /** Moves on by so many samples of the pause. */
    public void pause(int count) {
        pauseSamples -= Math.min(count, pauseSamples);
    }
}
