package dev.outdial.media.check;

import dev.outdial.media.file.PcmSource;
import java.io.IOException;

/** A source that is measured while somebody reads it. One owner. */
final class FileMeter implements PcmSource {
    private static final double BANDWIDTH_RANGE_DB = 55;

    private final PcmSource source;
    private final Spectrum spectrum;
    private final Clipping clipping = new Clipping();
    private long sampleCount;
    private double sum;

    FileMeter(PcmSource source) {
        this.source = source;
        this.spectrum = new Spectrum(source.sampleRate());
    }

    @Override
    public String format() {
        return source.format();
    }

    @Override
    public int sampleRate() {
        return source.sampleRate();
    }

    @Override
    public int channels() {
        return source.channels();
    }

    @Override
    public int read(float[] target, int offset, int count) throws IOException {
        int n = source.read(target, offset, count);
        for (int i = offset; i < offset + n; i++) take(target[i]);
        return n;
    }

    private void take(float sample) {
        sampleCount++;
        sum += sample;
        spectrum.add(sample);
        clipping.take(sample);
    }

    long durationMillis() {
        return Math.round(sampleCount * 1000.0 / source.sampleRate());
    }

    double mean() {
        return sampleCount == 0 ? 0 : sum / sampleCount;
    }

    long clippedSamples() {
        return clipping.count();
    }

    int bandwidthHz() {
        return spectrum.highestHz(BANDWIDTH_RANGE_DB);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
