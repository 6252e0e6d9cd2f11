package dev.outdial.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The testbed's spoken prompts, and the comparison of sound with sound. */
public final class Prompts {
    private Prompts() {}

    /** A prompt as a file in a folder; its name is {@code welcome.mp3} or the like. */
    public static Path file(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes(name));
        return file;
    }

    public static byte[] bytes(String name) throws IOException {
        try (InputStream in = Prompts.class.getResourceAsStream("/dev/outdial/testbed/prompts/" + name)) {
            if (in == null) throw new IOException("no prompt " + name);
            return in.readAllBytes();
        }
    }

    /** The samples of a plain 16 bit mono WAV file; found without any code of ours. */
    public static short[] plainWav(byte[] file) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 12;
        while (in.getInt(at) != 0x61746164) at += 8 + in.getInt(at + 4);
        var samples = new short[in.getInt(at + 4) / 2];
        in.position(at + 8)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }

    /** Power of the reference over power of the difference, sample 0 against sample 0, in decibels. */
    public static double signalToNoise(short[] reference, short[] sound) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < reference.length; i++) {
            double difference = reference[i] - (i < sound.length ? sound[i] : 0);
            signal += (double) reference[i] * reference[i];
            noise += difference * difference;
        }
        return 10 * Math.log10(signal / noise);
    }
}
