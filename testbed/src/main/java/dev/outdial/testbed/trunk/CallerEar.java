package dev.outdial.testbed.trunk;

import java.util.OptionalLong;

/** Notices that the caller spoke and then was silent for a while, by loudness. Belongs to the loop. */
final class CallerEar {
    // -45 dBov: above comfort noise and the rounding of G.711, below any word.
    private static final double SOUND_RMS = 184;

    private long silenceNanos;
    private boolean listening;
    private boolean spoken;
    private long lastSoundNanos;

    /** Begins to wait for a message that is followed by so long a silence. */
    void await(long silence) {
        listening = true;
        spoken = false;
        silenceNanos = silence;
    }

    boolean isListening() {
        return listening;
    }

    void hear(short[] pcm, long nowNanos) {
        double energy = 0;
        for (short s : pcm) energy += (double) s * s;
        if (pcm.length == 0 || Math.sqrt(energy / pcm.length) < SOUND_RMS) return;
        spoken = true;
        lastSoundNanos = nowNanos;
    }

    /** Whether the message is over, once. */
    boolean takeMessageEnd(long nowNanos) {
        if (!listening || !spoken || nowNanos - lastSoundNanos < silenceNanos) return false;
        listening = false;
        return true;
    }

    /** When the message would be over if nothing more were said. */
    OptionalLong nextDeadlineNanos() {
        return listening && spoken ? OptionalLong.of(lastSoundNanos + silenceNanos) : OptionalLong.empty();
    }
}
