package dev.outdial.benchmarks;

import dev.outdial.media.codec.AudioCodec;
import java.nio.ByteBuffer;
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

/** A frame of 20 ms, between samples and the codes of a packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class G711 {
    private static final int SAMPLES = 160;

    /** Which law. */
    @Param({"PCMU", "PCMA"})
    public AudioCodec codec = AudioCodec.PCMU;

    private final short[] samples = new short[SAMPLES];
    private final ByteBuffer codes = ByteBuffer.allocateDirect(SAMPLES);

    /** Samples of all sizes, and the codes of them. */
    @Setup
    public void fill() {
        var random = new Random(7);
        for (int i = 0; i < SAMPLES; i++) samples[i] = (short) random.nextInt();
        encodeFrame();
    }

    @Benchmark
    public ByteBuffer encodeFrame() {
        codes.clear();
        codec.encode(samples, 0, SAMPLES, codes);
        return codes;
    }

    @Benchmark
    public short[] decodeFrame() {
        codec.decode(codes, 0, SAMPLES, samples, 0);
        return samples;
    }
}
