package dev.outdial.media.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads whole files. */
final class Sounds {
    private Sounds() {}

    @SuppressWarnings("ArrayRecordComponent")
    record Sound(String format, int sampleRate, int channels, float[] samples) {}

    static Sound read(Path file) throws IOException {
        try (PcmSource source = AudioFiles.open(file)) {
            float[] samples = new float[1 << 16];
            int length = 0;
            for (int n; (n = source.read(samples, length, Math.min(1000, samples.length - length))) >= 0; ) {
                length += n;
                if (length == samples.length) samples = Arrays.copyOf(samples, 2 * length);
            }
            return new Sound(source.format(), source.sampleRate(), source.channels(), Arrays.copyOf(samples, length));
        }
    }
}
