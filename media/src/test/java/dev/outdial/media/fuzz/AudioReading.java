package dev.outdial.media.fuzz;

import static dev.outdial.media.fuzz.Datagrams.require;

import com.sun.management.ThreadMXBean;
import dev.outdial.media.file.AudioFiles;
import dev.outdial.media.file.AudioFormatException;
import dev.outdial.media.file.PcmSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Anything as a file of sound: it is sound between -1 and 1, or refused in one line; and no step of it takes much memory. */
final class AudioReading {
    private static final long MAX_BYTES_A_STEP = 16 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Path FILE = temporaryFile();

    static {
        // Jazzer instruments a class when it is loaded, on the thread that needs it: 100 MB that no reader has asked
        // for.
        Stream.of(WavTarget.seeds(), Mp3Target.seeds(), OggTarget.seeds())
                .flatMap(List::stream)
                .forEach(AudioReading::warmUp);
    }

    private AudioReading() {}

    /** Loads what a kind needs where it is whole, and where it is damaged. */
    private static void warmUp(byte[] seed) {
        readUnmeasured(seed);
        readUnmeasured(Arrays.copyOf(seed, seed.length / 2));
        readUnmeasured(Arrays.copyOf(seed, 12));
    }

    private static void readUnmeasured(byte[] input) {
        try {
            Files.write(FILE, input);
            try (PcmSource source = AudioFiles.open(FILE, "input")) {
                float[] samples = new float[1024];
                while (source.read(samples, 0, samples.length) >= 0) {
                    // only its classes are wanted
                }
            } catch (AudioFormatException damaged) {
                require(!damaged.getMessage().isEmpty(), "a reason");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all of it; how many samples. */
    static long read(byte[] input) {
        try {
            Files.write(FILE, input);
            long before = allocated();
            try (PcmSource source = AudioFiles.open(FILE, "input")) {
                before = step(before, "opening");
                return samples(source, before);
            } catch (AudioFormatException e) {
                step(before, "refusing");
                require(e.getMessage().lines().count() == 1, "a reason of one line");
                require(e.getMessage().length() < 500, "a short reason");
                require(e.source().equals("input"), "a source");
                require(e.offset().orElse(0) <= input.length + 8L, "a place in the file");
                return 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long samples(PcmSource source, long start) throws IOException {
        require(source.channels() >= 1 && source.channels() <= 8, "channels");
        require(source.sampleRate() >= 4000 && source.sampleRate() <= 192_000, "a rate");
        float[] samples = new float[1024];
        long before = start;
        long count = 0;
        for (int n; (n = source.read(samples, 0, samples.length)) >= 0; count += n) {
            before = step(before, "reading");
            require(n >= 1, "progress");
            for (int i = 0; i < n; i++) require(Math.abs(samples[i]) <= 1, "full scale");
        }
        require(count >= 1, "sound, where it is not refused");
        return count;
    }

    private static long step(long before, String name) {
        long now = allocated();
        require(now - before < MAX_BYTES_A_STEP, name + " took " + (now - before) + " bytes");
        return now;
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("outdial-fuzz", ".audio");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
