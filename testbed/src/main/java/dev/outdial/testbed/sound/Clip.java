package dev.outdial.testbed.sound;

import java.util.Arrays;

/** Recorded sound that is played once. One owner. */
public final class Clip implements Sound {
    private final short[] pcm;
    private int at;

    private Clip(short[] pcm) {
        this.pcm = pcm;
    }

    /** A clip of these samples, 8 kHz. */
    public static Clip of(short[] pcm) {
        return new Clip(pcm.clone());
    }

    @Override
    public void next(short[] frame) {
        int count = Math.min(frame.length, pcm.length - at);
        System.arraycopy(pcm, at, frame, 0, count);
        Arrays.fill(frame, count, frame.length, (short) 0);
        at += count;
    }

    @Override
    public boolean isOver() {
        return at == pcm.length;
    }
}
