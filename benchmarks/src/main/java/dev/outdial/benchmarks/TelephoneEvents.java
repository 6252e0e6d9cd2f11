package dev.outdial.benchmarks;

import dev.outdial.media.dtmf.TelephoneEventReceiver;
import dev.outdial.media.dtmf.TelephoneEventSender;
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

/** A packet time of a key of 160 ms and its pause of 80 ms, sent, and the same sent and heard. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TelephoneEvents {
    private static final int SAMPLES = 160;
    private static final int TONE_MILLIS = 160;
    private static final int PAUSE_MILLIS = 80;

    private long keyMillis;
    private final TelephoneEventSender sender = new TelephoneEventSender();
    private final TelephoneEventReceiver receiver =
            new TelephoneEventReceiver((digit, durationMillis) -> keyMillis += durationMillis);
    private final ByteBuffer payload = ByteBuffer.allocateDirect(TelephoneEventSender.PAYLOAD_BYTES);
    private int timestamp;

    @Benchmark
    public TelephoneEventSender.Output send() {
        timestamp += SAMPLES;
        if (!sender.isBusy()) sender.press('5', timestamp, TONE_MILLIS, PAUSE_MILLIS);
        TelephoneEventSender.Output output = sender.tick(SAMPLES);
        payload.clear();
        if (output == TelephoneEventSender.Output.EVENT) sender.writePayload(payload);
        return output;
    }

    @Benchmark
    public long sendAndReceive() {
        if (send() == TelephoneEventSender.Output.EVENT)
            receiver.put(7, sender.timestamp(), payload, 0, payload.position(), timestamp * 125_000L);
        return keyMillis;
    }
}
