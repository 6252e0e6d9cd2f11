package dev.outdial.benchmarks;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.rtp.RtpReceiver;
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

/** A packet that arrives in order: its header is read and checked, and it goes into the statistics of RFC 3550. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Parse {
    private static final int PTIME_MILLIS = 20;

    private final ByteBuffer datagram = ByteBuffer.allocateDirect(RtpPacket.HEADER_BYTES + 160);
    private final RtpPacket packet = new RtpPacket();
    private final RtpReceiver receiver = new RtpReceiver();
    private int number;

    @Benchmark
    public RtpReceiver.Verdict parseAndPut() {
        number++;
        datagram.putShort(0, (short) 0x8000)
                .putShort(2, (short) number)
                .putInt(4, number * AudioCodec.samplesIn(PTIME_MILLIS))
                .putInt(8, 7);
        if (!packet.parse(datagram)) throw new IllegalStateException("not a packet");
        return receiver.put(packet, true, number * (PTIME_MILLIS * 1_000_000L));
    }
}
