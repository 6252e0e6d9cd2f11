package dev.outdial.benchmarks;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.file.AudioFiles;
import dev.outdial.media.file.PcmSource;
import dev.outdial.media.resample.Resampler;
import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A file from its bytes to the codes of its packets, on one core: opened, decoded, brought to 8 kHz, encoded. The counter
 * {@code millisOfSound} per millisecond is how many times faster than the sound itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Decode {
    private static final int PIECE_SAMPLES = 4096;

    /** Counts sound. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Sound {
        public long millisOfSound;
    }

    /** Which file: 44.1 kHz mono, 44.1 kHz stereo, 16 kHz mono. */
    @Param({"WELCOME_MP3", "WELCOME_OGG", "WELCOME_WAV"})
    public Prompt prompt = Prompt.WELCOME_MP3;

    private Path folder = Path.of("");
    private Path file = Path.of("");
    private final float[] pcm = new float[PIECE_SAMPLES];

    @Setup
    public void writeTheFile() throws IOException {
        folder = Files.createTempDirectory("outdial-decode");
        file = prompt.copyTo(folder);
    }

    @TearDown
    public void removeTheFile() throws IOException {
        Files.delete(file);
        Files.delete(folder);
    }

    /** From samples to codes too. */
    @Benchmark
    public long decodeResampleEncode(Sound counter) throws IOException {
        try (PcmSource source = AudioFiles.open(file)) {
            var resampler = new Resampler(source.sampleRate());
            float[] out = new float[resampler.outputLimit(PIECE_SAMPLES)];
            short[] samples = new short[out.length];
            ByteBuffer codes = ByteBuffer.allocate(AudioCodec.PCMU.bytesFor(out.length));
            long count = 0;
            for (int n; (n = source.read(pcm, 0, PIECE_SAMPLES)) >= 0; )
                count += encode(out, resampler.process(pcm, n, out), samples, codes);
            count += encode(out, resampler.finish(out), samples, codes);
            counter.millisOfSound += count / 8;
            return count;
        }
    }

    private static int encode(float[] from, int count, short[] samples, ByteBuffer codes) {
        for (int i = 0; i < count; i++)
            samples[i] = (short) Math.clamp(Math.round(from[i] * 32768), Short.MIN_VALUE, Short.MAX_VALUE);
        AudioCodec.PCMU.encode(samples, 0, count, codes.clear());
        return count;
    }

    @Benchmark
    public long decode(Sound counter) throws IOException {
        try (PcmSource source = AudioFiles.open(file)) {
            long count = 0;
            for (int n; (n = source.read(pcm, 0, PIECE_SAMPLES)) >= 0; ) count += n;
            counter.millisOfSound += count * 1000 / source.sampleRate();
            return count;
        }
    }
}
