package dev.outdial.benchmarks;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.rtp.RtpSender;
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

/** A packet of a clip: a header, and a frame behind it, in the buffer that goes to the socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Packetize {
    private static final int PTIME_MILLIS = 20;
    private static final int SECOND = 8000;

    private final RtpSender sender = new RtpSender(new Random(7));
    private final EncodedClip clip = EncodedClip.of(AudioCodec.PCMU, PTIME_MILLIS, new byte[10 * SECOND]);
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(1500);
    private int frame;

    @Benchmark
    public ByteBuffer packetOfAClip() {
        datagram.clear();
        sender.writeHeader(datagram, 0, frame == 0, sender.timestamp(), clip.frameByteLength());
        clip.copyFrame(frame, datagram);
        sender.advance(AudioCodec.samplesIn(PTIME_MILLIS));
        frame = (frame + 1) % clip.frameCount();
        return datagram.flip();
    }
}
