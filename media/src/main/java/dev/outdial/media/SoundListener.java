package dev.outdial.media;

/**
 * Hears what the far end says, at our own steady pace. Called on the media loop: it returns at once. One that throws is not called
 * again; the call goes on.
 */
public interface SoundListener {
    /**
     * One packet time of sound: lost packets are made up, pauses are silence or comfort noise.
     *
     * @param samples 16 bit linear at 8,000 a second; valid during the call only
     * @param count how many of them, from the array's beginning
     */
    void hear(short[] samples, int count, long nowNanos);
}
