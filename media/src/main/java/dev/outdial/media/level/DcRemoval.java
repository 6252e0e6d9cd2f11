package dev.outdial.media.level;

/**
 * Takes a constant offset out of sound: from each sample the mean of the two seconds around it. The mean lies half before and half after
 * the sample, so nothing is shifted in phase, and there is nothing to settle at the start; from 200 Hz on levels change by less than
 * 0.01 dB. An offset of less than 1/512 is left as it is, so that sound without one passes to the bit.
 *
 * <pre>
 *   |---------- mean of these ----------|
 *   n - half            n           n + half     fewer at the ends of the sound
 * </pre>
 */
final class DcRemoval implements Stage {
    private static final double UNHEARD = 1.0 / 512;

    private final int half;
    private final float[] window;
    private double sum;
    private long inputCount;
    private long outputCount;

    /** For sound of so many samples a second. */
    DcRemoval(int sampleRate) {
        half = sampleRate;
        window = new float[2 * half + 1];
    }

    @Override
    public int outputLimit(int count) {
        return count + half;
    }

    @Override
    public int process(float[] input, int count, float[] output) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            int place = place(inputCount);
            // The place still holds the sample that leaves the window, or zero while it fills.
            sum += (double) input[i] - window[place];
            window[place] = input[i];
            inputCount++;
            if (inputCount > half) output[n++] = next(Math.min(inputCount, window.length));
        }
        return n;
    }

    @Override
    public int finish(float[] output) {
        int n = 0;
        long first = Math.max(0, inputCount - window.length);
        while (outputCount < inputCount) {
            for (; first < outputCount - half; first++) sum -= window[place(first)];
            output[n++] = next(inputCount - first);
        }
        return n;
    }

    private float next(long windowCount) {
        float sample = window[place(outputCount++)];
        double mean = sum / windowCount;
        // Fades in, so that a mean which wavers about the limit does not switch.
        double share = Math.clamp(Math.abs(mean) / UNHEARD - 1, 0, 1);
        return share == 0 ? sample : (float) (sample - share * mean);
    }

    private int place(long index) {
        return (int) (index % window.length);
    }
}
