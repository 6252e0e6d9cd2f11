package dev.outdial.media.tone;

/**
 * One sine that was heard without a break, from when it began to when it was certain that it was over.
 *
 * @param hertz its frequency
 * @param spreadHertz the difference between the highest and the lowest that a frame of it had
 * @param spreadDb the same of levels, its first and last frame apart
 * @param share how much of its frames' energy it was, on average
 * @param beginMillis when it began
 * @param endMillis when it ended
 * @param before what was heard right before it
 * @param otherMillis how much sound that was no sine there was since the burst before it, or since the beginning
 * @param after what was heard right after it
 */
record Burst(
        double hertz,
        double spreadHertz,
        double spreadDb,
        double share,
        long beginMillis,
        long endMillis,
        Neighbour before,
        long otherMillis,
        Neighbour after) {

    /** What is beside a burst. */
    enum Neighbour {
        /** Silence, or what is far fainter. */
        QUIET,
        /** Other sound: a sine of another frequency, a voice. */
        SOUND,
        /** Nothing: the sound that we are given begins or ends there. */
        EDGE
    }

    long millis() {
        return endMillis - beginMillis;
    }
}
