package dev.outdial.benchmarks;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SoundDecoder;
import dev.outdial.media.codec.SoundEncoder;
import java.nio.ByteBuffer;
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

/** A packet of 20 ms in a codec that has state: decoded to 8 kHz, encoded from 8 kHz as a live sound is, and as a clip is. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WideCodecs {
    private static final int PACKETS = 50;
    private static final int NARROW = 160;
    private static final int WIDE = 320;

    /** Which codec. */
    @Param({"G722", "OPUS"})
    public AudioCodec codec = AudioCodec.G722;

    private final short[] narrow = new short[PACKETS * NARROW];
    private final short[] wide = new short[PACKETS * WIDE];
    private final ByteBuffer[] packets = new ByteBuffer[PACKETS];
    private final byte[] frame = new byte[SoundEncoder.MAX_BYTES];
    private final short[] heard = new short[SoundDecoder.MAX_SAMPLES];
    private SoundDecoder decoder = codec.newDecoder();
    private SoundEncoder live = codec.newEncoder(8000);
    private SoundEncoder clip = codec.newEncoder(16_000);
    private int next;

    /** A second of a voice of 130 Hz with harmonics, and its packets. */
    @Setup
    public void fill() {
        for (int i = 0; i < wide.length; i++) {
            double voice = 0;
            for (int harmonic = 1; harmonic < 20; harmonic++)
                voice += Math.sin(2 * Math.PI * 130 * harmonic * i / 16_000) / harmonic;
            wide[i] = (short) (4000 * voice * Math.abs(Math.sin(2 * Math.PI * 2 * i / 16_000)));
            if (i % 2 == 0) narrow[i / 2] = wide[i];
        }
        decoder = codec.newDecoder();
        live = codec.newEncoder(8000);
        clip = codec.newEncoder(16_000);
        for (int i = 0; i < PACKETS; i++) {
            int length = clip.encode(wide, i * WIDE, WIDE, frame);
            packets[i] = ByteBuffer.allocateDirect(length).put(frame, 0, length);
        }
    }

    private int step() {
        next = (next + 1) % PACKETS;
        return next;
    }

    @Benchmark
    public short[] decode() {
        ByteBuffer packet = packets[step()];
        decoder.decode(packet, 0, packet.capacity(), heard);
        return heard;
    }

    @Benchmark
    public int encodeLive() {
        return live.encode(narrow, step() * NARROW, NARROW, frame);
    }

    @Benchmark
    public int encodeClip() {
        return clip.encode(wide, step() * WIDE, WIDE, frame);
    }
}
