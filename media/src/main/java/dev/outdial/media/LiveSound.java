package dev.outdial.media;

/**
 * Sound that is made while it is sent: another call's, a conference's, a tone. Called on the media loop, once in each packet
 * time of the session that sends it, while it cannot be heard too (keys, hold): it returns at once. One that throws is not asked
 * again; the call goes on.
 */
public interface LiveSound {
    /**
     * Gives the sound of the packet that is due now.
     *
     * @param target 16 bit linear samples at 8,000 a second; what is in it before does not matter
     * @param count how many of them, from the array's beginning: 80 to 320
     * @return false where there is nothing to be heard: then what is in the array does not matter either
     */
    boolean fill(short[] target, int count, long nowNanos);

    /** Whether it has said all that it had to say: then it is not asked again. */
    default boolean isOver() {
        return false;
    }

    /** Whether it waits while it cannot be heard, and is not asked then, instead of going on unheard as what others say does. */
    default boolean waitsToBeHeard() {
        return false;
    }
}
