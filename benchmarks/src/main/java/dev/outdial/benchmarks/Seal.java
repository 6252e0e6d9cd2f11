package dev.outdial.benchmarks;

import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpSession;
import dev.outdial.media.srtp.SrtpSuite;
import dev.outdial.media.srtp.SrtpTerms;
import java.nio.ByteBuffer;
import java.util.Random;
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

/** What encryption adds to a packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Seal {
    private static final int PACKET_BYTES = 172;

    private final SrtpKey key = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new Random(1));
    private final SrtpSession near = new SrtpSession(new SrtpTerms(key, key));
    private final SrtpSession far = new SrtpSession(new SrtpTerms(key, key));
    private final ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES + SrtpSession.MAX_GROWTH_BYTES);
    private int number;

    @Benchmark
    public int seal() {
        number++;
        packet.clear().limit(PACKET_BYTES);
        packet.putShort(0, (short) 0x8000)
                .putShort(2, (short) number)
                .putInt(4, number * 160)
                .putInt(8, 7);
        return near.protect(packet);
    }

    @Benchmark
    public Object sealAndOpen() {
        seal();
        return far.unprotect(packet);
    }
}
