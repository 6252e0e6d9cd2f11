package dev.outdial.testbed.sound;

/** Says what was heard a little later: a ring of 400 ms, written by arrival and read by frames. One owner. */
public final class Echo implements Sound {
    private final short[] ring = new short[3200];
    private int readAt;
    private int filled;

    /** Takes what was heard; when the ring is full, the oldest goes. */
    public void hear(short[] pcm) {
        for (short sample : pcm) {
            ring[(readAt + filled) % ring.length] = sample;
            if (filled < ring.length) filled++;
            else readAt = (readAt + 1) % ring.length;
        }
    }

    @Override
    public void next(short[] frame) {
        for (int i = 0; i < frame.length; i++) {
            frame[i] = filled > 0 ? ring[readAt] : 0;
            if (filled == 0) continue;
            readAt = (readAt + 1) % ring.length;
            filled--;
        }
    }

    @Override
    public boolean isOver() {
        return false;
    }
}
