package dev.outdial.benchmarks;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.jitter.Playout;
import dev.outdial.media.mix.Mixing;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import dev.outdial.media.tone.DtmfDetector;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A packet time of received sound: through the jitter buffer, searched for keys, mixed into another. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Listen {
    private static final int SAMPLES = 160;
    private static final long PACKET_NANOS = 20_000_000;

    private final ByteBuffer payload = ByteBuffer.allocateDirect(SAMPLES);
    private final short[] frame = new short[SAMPLES];
    private final short[] other = new short[SAMPLES];
    private final Playout playout = new Playout();
    private long keys;
    private final DtmfDetector detector = new DtmfDetector((digit, millis) -> keys += millis);
    private int number;

    public Listen() {
        for (int i = 0; i < SAMPLES; i++) {
            frame[i] = (short) (8000 * Math.sin(i * 0.3) + 3000 * Math.sin(i * 1.1));
            other[i] = (short) (6000 * Math.sin(i * 0.2));
        }
        AudioCodec.PCMU.encode(frame, 0, SAMPLES, payload);
    }

    /** Decodes, buffers, plays. */
    @Benchmark
    public short[] jitterBuffer() {
        number++;
        long now = number * PACKET_NANOS;
        playout.put(AudioCodec.PCMU, number & 0xFFFF, number * SAMPLES, Verdict.NEW, payload, 0, SAMPLES, now);
        playout.take(frame, SAMPLES, now);
        return frame;
    }

    /** The same where one packet in twenty is lost. */
    @Benchmark
    public short[] jitterBufferWithLoss() {
        number++;
        long now = number * PACKET_NANOS;
        if (number % 20 != 0)
            playout.put(AudioCodec.PCMU, number & 0xFFFF, number * SAMPLES, Verdict.NEW, payload, 0, SAMPLES, now);
        playout.take(frame, SAMPLES, now);
        return frame;
    }

    @Benchmark
    public long searchForKeys() {
        detector.put(other, SAMPLES);
        return keys;
    }

    @Benchmark
    public short[] mixIn() {
        Mixing.mixInto(frame, other, SAMPLES);
        return frame;
    }
}
