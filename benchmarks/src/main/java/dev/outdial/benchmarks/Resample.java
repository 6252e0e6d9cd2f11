package dev.outdial.benchmarks;

import dev.outdial.media.check.SoundCheck;
import dev.outdial.media.check.SoundReport;
import dev.outdial.media.file.PcmSource;
import dev.outdial.media.level.HeardSound;
import dev.outdial.media.resample.Resampler;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A second of a file's samples on their way to 8 kHz: microseconds, so that a million is real time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Resample {
    /** Samples a second of the file. */
    @Param({"11025", "16000", "22050", "24000", "32000", "44100", "48000"})
    public int rate = 44_100;

    private float[] second = new float[0];
    private float[] out = new float[0];

    /** Noise. */
    @Setup
    public void fill() {
        var random = new Random(11);
        second = new float[rate];
        for (int i = 0; i < rate; i++) second[i] = random.nextFloat() - 0.5f;
        out = new float[new Resampler(rate).outputLimit(rate)];
    }

    /** The resampler alone, with its kernels made anew as for each file. */
    @Benchmark
    public float[] resample() {
        var resampler = new Resampler(rate);
        resampler.process(second, rate, out);
        resampler.finish(out);
        return out;
    }

    /** What every clip goes through: resampled, without its constant offset. */
    @Benchmark
    public int heard() throws IOException {
        return readAll(HeardSound.of(new Second()));
    }

    /** The same twice, measured and levelled. */
    @Benchmark
    public int levelled() throws IOException {
        return readAll(HeardSound.levelled(Second::new));
    }

    /** What {@code media check} does. */
    @Benchmark
    public SoundReport check() throws IOException {
        return SoundCheck.of(new Second());
    }

    private int readAll(PcmSource source) throws IOException {
        int count = 0;
        try (source) {
            for (int n; (n = source.read(out, 0, out.length)) >= 0; ) count += n;
        }
        return count;
    }

    private final class Second implements PcmSource {
        private int at;

        @Override
        public String format() {
            return "noise";
        }

        @Override
        public int sampleRate() {
            return rate;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int read(float[] target, int offset, int count) {
            if (at == second.length) return -1;
            int n = Math.min(count, second.length - at);
            System.arraycopy(second, at, target, offset, n);
            at += n;
            return n;
        }

        @Override
        public void close() {}
    }
}
