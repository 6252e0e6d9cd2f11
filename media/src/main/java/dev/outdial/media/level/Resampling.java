package dev.outdial.media.level;

import dev.outdial.media.resample.Resampler;

/** The resampler as a stage. */
record Resampling(Resampler resampler) implements Stage {
    @Override
    public int outputLimit(int count) {
        return resampler.outputLimit(count);
    }

    @Override
    public int process(float[] input, int count, float[] output) {
        return resampler.process(input, count, output);
    }

    @Override
    public int finish(float[] output) {
        return resampler.finish(output);
    }
}
