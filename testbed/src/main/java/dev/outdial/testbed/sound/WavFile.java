package dev.outdial.testbed.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** 8 kHz mono 16-bit PCM WAV files, and no others. Pure functions but for the file itself. */
public final class WavFile {
    private static final int HEADER_BYTES = 44;

    private WavFile() {}

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read or is not 8 kHz mono 16-bit PCM
     */
    public static short[] read(Path file) throws IOException {
        return parse(Files.readAllBytes(file), file.toString());
    }

    /**
     * Reads bytes.
     *
     * @param name what to call them in an exception
     * @throws IOException when they are not 8 kHz mono 16-bit PCM
     */
    public static short[] parse(byte[] bytes, String name) throws IOException {
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 12 || !tag(bytes, 0).equals("RIFF") || !tag(bytes, 8).equals("WAVE")) {
            throw new IOException(name + ": not a WAV file");
        }
        boolean wanted = false;
        int at = 12;
        while (at + 8 <= bytes.length) {
            int size = (int) Math.min(in.getInt(at + 4) & 0xFFFF_FFFFL, bytes.length - at - 8);
            var tag = tag(bytes, at);
            at += 8;
            if (tag.equals("fmt ") && size >= 16) {
                wanted = in.getShort(at) == 1
                        && in.getShort(at + 2) == 1
                        && in.getInt(at + 4) == Sound.SAMPLE_RATE
                        && in.getShort(at + 14) == 16;
            } else if (tag.equals("data")) {
                if (!wanted) throw new IOException(name + ": expected 8 kHz mono 16-bit PCM");
                var pcm = new short[size / 2];
                in.position(at)
                        .slice()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer()
                        .get(pcm);
                return pcm;
            }
            at += size + (size & 1);
        }
        throw new IOException(name + ": no sound in this WAV file");
    }

    private static String tag(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }

    /** Writes a file, replacing one that is there. */
    public static void write(Path file, short[] pcm) throws IOException {
        Files.write(file, bytes(pcm));
    }

    /** The file's content. */
    public static byte[] bytes(short[] pcm) {
        var out = ByteBuffer.allocate(HEADER_BYTES + 2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + 2 * pcm.length).put(ascii("WAVEfmt "));
        out.putInt(16).putShort((short) 1).putShort((short) 1);
        out.putInt(Sound.SAMPLE_RATE)
                .putInt(2 * Sound.SAMPLE_RATE)
                .putShort((short) 2)
                .putShort((short) 16);
        out.put(ascii("data")).putInt(2 * pcm.length);
        out.asShortBuffer().put(pcm);
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
