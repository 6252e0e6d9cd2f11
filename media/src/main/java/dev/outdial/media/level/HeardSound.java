package dev.outdial.media.level;

import dev.outdial.media.file.PcmSource;
import dev.outdial.media.resample.Resampler;
import java.io.IOException;

/** Sound as a callee hears it, but for the codec: brought to 8 kHz, without a constant offset, and on request levelled. */
public final class HeardSound {
    /** As loud as a spoken prompt should be, for one channel: what podcasts and players aim at. */
    public static final double TARGET_LUFS = -19;
    /** Levelled sound stays below this: G.711 and what follows it have some room left. */
    public static final double PEAK_LIMIT_DB = -1;

    /** What is so much softer than a prompt is a recording gone wrong; more gain would raise its noise alone. */
    private static final double MOST_GAIN_DB = 30;

    private static final int PIECE_SAMPLES = 4096;

    private HeardSound() {}

    /** Opens a source from its first sample. */
    public interface Opener {
        /** One whole reading of it. */
        PcmSource open() throws IOException;
    }

    /** The sound at 8 kHz without a constant offset. Closing it closes the source. */
    public static PcmSource of(PcmSource source) {
        return of(source, Resampler.OUTPUT_RATE);
    }

    /** The same with so many samples a second, for codecs that carry more than 8 kHz. */
    public static PcmSource of(PcmSource source, int sampleRate) {
        var resampler = new Resampling(new Resampler(source.sampleRate(), sampleRate));
        var resampled = new StagedSource(source, resampler, sampleRate);
        return new StagedSource(resampled, new DcRemoval(sampleRate), sampleRate);
    }

    /**
     * The same at {@link #TARGET_LUFS}, with peaks held at {@link #PEAK_LIMIT_DB}. It is read twice: to its end before this returns, to
     * know how loud it is, and while the caller reads. Silence stays silence.
     */
    public static PcmSource levelled(Opener opener) throws IOException {
        return levelled(opener, Resampler.OUTPUT_RATE);
    }

    /** The same with so many samples a second. */
    public static PcmSource levelled(Opener opener, int sampleRate) throws IOException {
        double gainDb;
        try (PcmSource first = of(opener.open(), sampleRate)) {
            gainDb = gainDb(first);
        }
        var limiter = new PeakLimiter(factor(gainDb), factor(PEAK_LIMIT_DB), sampleRate);
        return new StagedSource(of(opener.open(), sampleRate), limiter, sampleRate);
    }

    private static double gainDb(PcmSource source) throws IOException {
        var loudness = new Loudness(source.sampleRate());
        float[] samples = new float[PIECE_SAMPLES];
        for (int n; (n = source.read(samples, 0, samples.length)) >= 0; ) loudness.add(samples, n);
        double lufs = loudness.lufs();
        return lufs <= Loudness.NOTHING_LUFS ? 0 : Math.min(MOST_GAIN_DB, TARGET_LUFS - lufs);
    }

    private static double factor(double db) {
        return Math.pow(10, db / 20);
    }

    /** A sample as 16 bits; what is above full scale is cut there. */
    public static short linear(float sample) {
        return (short) Math.clamp(Math.round(sample * 32768), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
