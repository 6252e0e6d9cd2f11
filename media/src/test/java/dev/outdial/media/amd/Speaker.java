package dev.outdial.media.amd;

/** Somebody who can say a text. */
interface Speaker {
    /**
     * Says it.
     *
     * @param seed what differs from one time to the next
     * @return 8 kHz samples, loudest part about a tenth to a half of full scale, without silence around them
     */
    short[] say(String text, long seed);

    /** What to call them. */
    String name();
}
