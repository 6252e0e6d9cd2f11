package dev.outdial.media.level;

/** One thing that is done to a stream of samples, piece by piece. One owner; used once. */
interface Stage {
    /** At most so many samples come out of {@link #process} for {@code count} samples in, or of {@link #finish}. */
    int outputLimit(int count);

    /** Takes samples in and gives those out that are ready by now; returns how many. */
    int process(float[] input, int count, float[] output);

    /** Ends the stream and gives out the rest; returns how many samples. */
    int finish(float[] output);
}
