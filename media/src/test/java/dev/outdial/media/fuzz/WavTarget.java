package dev.outdial.media.fuzz;

import dev.outdial.media.file.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Anything as WAV, AIFF or AU: chunks, sizes and blocks. */
public final class WavTarget {
    private WavTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        AudioReading.read(input);
    }

    /** Cut off, which these formats bear. */
    static List<byte[]> seeds() {
        return Stream.of("float64.wav", "ima-adpcm.wav", "ms-adpcm.wav", "pcm.aiff", "mulaw.au")
                .map(Samples::bytes)
                .map(file -> Arrays.copyOf(file, Math.min(file.length, 2500)))
                .toList();
    }
}
