package dev.outdial.media;

import dev.outdial.media.file.PcmSource;
import dev.outdial.media.tone.ProgressTone;
import java.util.List;

/** One turn of a tone of the network as a file would have it, 8,000 samples a second. Used once. <b>Threading:</b> one owner. */
final class CadenceSource implements PcmSource {
    private static final int SAMPLE_RATE = 8000;
    private static final int SAMPLES_PER_MILLI = 8;

    /** All its frequencies together: -16 dBm0, which is -19 for each of two, as North American networks have it. */
    private static final double AMPLITUDE = Math.pow(10, (-16 - 3.14) / 20);

    /** So that it does not click. */
    private static final int RAMP_SAMPLES = 40;

    private final List<Double> hertz;
    private final List<Integer> cadenceMillis;
    private int part;
    /** Samples since the beginning of this part. */
    private int at;

    CadenceSource(ProgressTone tone) {
        hertz = tone.hertz();
        cadenceMillis = tone.cadenceMillis();
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
        if (part == cadenceMillis.size()) return -1;
        int length = cadenceMillis.get(part) * SAMPLES_PER_MILLI;
        int written = Math.min(count, length - at);
        boolean sounds = part % 2 == 0;
        for (int i = 0; i < written; i++, at++) target[offset + i] = sounds ? sample(length) : 0;
        if (at == length) {
            part++;
            at = 0;
        }
        return written;
    }

    private float sample(int length) {
        double sum = 0;
        for (double frequency : hertz) sum += Math.sin(2 * Math.PI * frequency * at / SAMPLE_RATE);
        double ramp = Math.min(1, (Math.min(at, length - 1 - at) + 0.5) / RAMP_SAMPLES);
        // The power of several sines adds up.
        return (float) (AMPLITUDE / Math.sqrt(hertz.size()) * sum * ramp);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
