package dev.outdial.benchmarks;

import dev.outdial.media.tone.ProgressTones;
import dev.outdial.media.tone.ToneDetector;
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

/**
 * A packet time of received sound searched for tones. 2,000 ns are a ten-thousandth of a core for a session, one in a hundred for
 * a hundred of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Tones {
    private static final int SAMPLES = 160;
    private static final int PACKETS = 500;

    @Param({"US", "DE", "AE"})
    private String country = "US";

    private final short[] silence = new short[SAMPLES];
    private final short[][] ringback = new short[PACKETS][SAMPLES];
    private final short[][] noise = new short[PACKETS][SAMPLES];
    private long heard;
    private ToneDetector detector = new ToneDetector(ProgressTones.NONE, event -> heard++);
    private int number;

    public Tones() {
        var random = new Random(1);
        for (int i = 0; i < PACKETS * SAMPLES; i++) {
            int second = i / 8000;
            double on = second % 6 < 2 ? 3000 : 0;
            ringback[i / SAMPLES][i % SAMPLES] =
                    (short) (on * (Math.sin(2 * Math.PI * 440 * i / 8000) + Math.sin(2 * Math.PI * 480 * i / 8000)));
            // As low as speech is: most of it is looked at to the end.
            double last = i == 0 ? 0 : noise[(i - 1) / SAMPLES][(i - 1) % SAMPLES];
            noise[i / SAMPLES][i % SAMPLES] = (short) (0.95 * last + 800 * random.nextGaussian());
        }
    }

    /** A detector for the country. */
    @Setup
    public void listen() {
        detector = new ToneDetector(ProgressTones.of(country), event -> heard++);
    }

    @Benchmark
    public long silence() {
        detector.put(silence, SAMPLES);
        return heard;
    }

    @Benchmark
    public long ringback() {
        detector.put(ringback[number++ % PACKETS], SAMPLES);
        return heard;
    }

    @Benchmark
    public long soundLikeSpeech() {
        detector.put(noise[number++ % PACKETS], SAMPLES);
        return heard;
    }
}
