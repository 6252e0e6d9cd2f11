package dev.outdial.media.level;

import dev.outdial.media.file.PcmSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** A source whose samples are computed: what is in it is known exactly. */
public final class ComputedSource implements PcmSource {
    private final int sampleRate;
    private final float[] samples;
    private int at;
    private boolean closed;

    public ComputedSource(int sampleRate, float[] samples) {
        this.sampleRate = sampleRate;
        this.samples = samples;
    }

    /** So many seconds of a function of the sample's number. */
    public static ComputedSource of(int sampleRate, double seconds, IntToDoubleFunction value) {
        var samples = new float[(int) Math.round(seconds * sampleRate)];
        for (int i = 0; i < samples.length; i++) samples[i] = (float) value.applyAsDouble(i);
        return new ComputedSource(sampleRate, samples);
    }

    /** A sine. */
    public static ComputedSource tone(int sampleRate, double seconds, double hertz, double amplitude) {
        return of(sampleRate, seconds, i -> amplitude * Math.sin(2 * Math.PI * hertz * i / sampleRate));
    }

    /** Everything that a source still gives. */
    public static float[] all(PcmSource source) throws IOException {
        var all = new float[1 << 12];
        int length = 0;
        // Odd pieces, so that no one relies on theirs.
        for (int n; (n = source.read(all, length, Math.min(777, all.length - length))) >= 0; ) {
            length += n;
            if (length == all.length) all = Arrays.copyOf(all, 2 * length);
        }
        return Arrays.copyOf(all, length);
    }

    @Override
    public String format() {
        return "computed";
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int read(float[] target, int offset, int count) {
        if (at == samples.length) return -1;
        int n = Math.min(Math.min(count, 1234), samples.length - at);
        System.arraycopy(samples, at, target, offset, n);
        at += n;
        return n;
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
