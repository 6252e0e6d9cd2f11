package dev.outdial.media.level;

import dev.outdial.media.file.PcmSource;
import java.io.IOException;

/** A source to which something is done while it is read. One owner. */
final class StagedSource implements PcmSource {
    private static final int PIECE_SAMPLES = 4096;

    private final PcmSource source;
    private final Stage stage;
    private final int sampleRate;
    private final float[] in = new float[PIECE_SAMPLES];
    private final float[] out;
    private int from;
    private int to;
    private boolean ended;

    /** The rate is that at which samples leave the stage. */
    StagedSource(PcmSource source, Stage stage, int sampleRate) {
        this.source = source;
        this.stage = stage;
        this.sampleRate = sampleRate;
        this.out = new float[stage.outputLimit(PIECE_SAMPLES)];
    }

    @Override
    public String format() {
        return source.format();
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int channels() {
        return source.channels();
    }

    @Override
    public int read(float[] target, int offset, int count) throws IOException {
        while (from == to) {
            if (ended) return -1;
            refill();
        }
        int n = Math.min(count, to - from);
        System.arraycopy(out, from, target, offset, n);
        from += n;
        return n;
    }

    private void refill() throws IOException {
        int n = source.read(in, 0, in.length);
        ended = n < 0;
        from = 0;
        to = ended ? stage.finish(out) : stage.process(in, n, out);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
