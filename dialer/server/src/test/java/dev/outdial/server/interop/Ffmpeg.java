package dev.outdial.server.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What ffmpeg makes of a sound file. */
final class Ffmpeg {
    private Ffmpeg() {}

    /** The file's sound as 8 kHz mono PCM of 16 bits. */
    static short[] decode(Path file) {
        return convert(List.of("-i", file.toString()), List.of());
    }

    /** At most the first {@code millis} of the file's sound as 8 kHz mono PCM of 16 bits. */
    static short[] decode(Path file, int millis) {
        return convert(List.of("-i", file.toString()), List.of("-t", millis + "ms"));
    }

    private static short[] convert(List<String> input, List<String> limits) {
        try {
            var raw = Files.createTempFile("outdial-interop", ".s16");
            try {
                var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-loglevel", "error", "-y"));
                command.addAll(input);
                command.addAll(limits);
                command.addAll(List.of("-f", "s16le", "-ar", "8000", "-ac", "1", "-bitexact", raw.toString()));
                PeerProcess.run(command);
                return samples(Files.readAllBytes(raw));
            } finally {
                Files.delete(raw);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static short[] samples(byte[] littleEndian) {
        var samples = new short[littleEndian.length / 2];
        ByteBuffer.wrap(littleEndian)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }
}
