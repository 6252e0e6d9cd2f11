package dev.outdial.media;

import dev.outdial.media.file.PcmSource;
import dev.outdial.media.tone.Tone;
import dev.outdial.media.tone.ToneGenerator;

/** A steady tone as a file would have it, 8,000 samples a second. Used once. <b>Threading:</b> one owner. */
final class ToneSource implements PcmSource {
    private static final int SAMPLE_RATE = 8000;
    private static final int SAMPLES_PER_MILLI = 8;
    private static final int PIECE_SAMPLES = 1024;
    private static final float FULL_SCALE = 32_768;

    private final ToneGenerator generator = new ToneGenerator();
    private final short[] piece = new short[PIECE_SAMPLES];

    ToneSource(Sound.Steady tone) {
        generator.start(Tone.of(tone.hertz(), Beep.LEVEL_DBM0), Math.multiplyExact(tone.millis(), SAMPLES_PER_MILLI));
    }

    @Override
    public String format() {
        return "tone";
    }

    @Override
    public int sampleRate() {
        return SAMPLE_RATE;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int read(float[] target, int offset, int count) {
        if (!generator.isSounding()) return -1;
        int written = generator.fill(piece, 0, Math.min(count, PIECE_SAMPLES));
        for (int i = 0; i < written; i++) target[offset + i] = piece[i] / FULL_SCALE;
        return written;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
