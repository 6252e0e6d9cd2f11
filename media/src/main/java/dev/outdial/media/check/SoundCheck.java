package dev.outdial.media.check;

import dev.outdial.media.file.PcmSource;
import dev.outdial.media.level.HeardSound;
import java.io.IOException;

/** Says what will be heard of a source. */
public final class SoundCheck {
    private static final int PIECE_SAMPLES = 4096;

    private SoundCheck() {}

    /**
     * Reads a source to its end, once, and measures it; what is kept of it meanwhile does not depend on its length, but for 8 bytes each
     * 100 ms. The caller closes the source.
     *
     * @throws dev.outdial.media.file.AudioFormatException where it is damaged
     */
    public static SoundReport of(PcmSource source) throws IOException {
        var file = new FileMeter(source);
        // Closed with the source.
        @SuppressWarnings("resource")
        PcmSource heard = HeardSound.of(file);
        var ear = new EarMeter(heard.sampleRate());
        float[] samples = new float[PIECE_SAMPLES];
        for (int n; (n = heard.read(samples, 0, samples.length)) >= 0; ) ear.add(samples, n);
        ear.finish();
        return new SoundReport(
                source.format(),
                file.durationMillis(),
                source.sampleRate(),
                source.channels(),
                ear.levelDb(),
                ear.loudnessLufs(),
                ear.peakDb(),
                ear.silenceAtStartMillis(),
                ear.silenceAtEndMillis(),
                file.clippedSamples(),
                file.mean(),
                file.bandwidthHz());
    }
}
