package dev.outdial.media.speech;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a WAV file of 16 bit mono; its header is true once it is closed. One owner. */
final class WavSink implements Closeable {
    private static final int HEADER_BYTES = 44;
    private static final int PIECE_SAMPLES = 4096;

    private final FileChannel channel;
    private final int sampleRate;
    private final ByteBuffer piece = ByteBuffer.allocate(2 * PIECE_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
    private long sampleCount;

    WavSink(Path file, int sampleRate) throws IOException {
        this.sampleRate = sampleRate;
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        channel.position(HEADER_BYTES);
    }

    int sampleRate() {
        return sampleRate;
    }

    long sampleCount() {
        return sampleCount;
    }

    /** Appends a sample; what is too loud is clipped. */
    void write(float sample) throws IOException {
        if (!piece.hasRemaining()) flush();
        piece.putShort((short) Math.clamp(Math.round(sample * 32768), Short.MIN_VALUE, Short.MAX_VALUE));
        sampleCount++;
    }

    void writeSilence(int millis) throws IOException {
        for (long left = (long) millis * sampleRate / 1000; left > 0; left--) write(0);
    }

    private void flush() throws IOException {
        piece.flip();
        while (piece.hasRemaining()) channel.write(piece);
        piece.clear();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
            long dataBytes = 2 * sampleCount;
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            header.put(ascii("RIFF"))
                    .putInt((int) (dataBytes + HEADER_BYTES - 8))
                    .put(ascii("WAVEfmt "));
            header.putInt(16).putShort((short) 1).putShort((short) 1);
            header.putInt(sampleRate).putInt(2 * sampleRate).putShort((short) 2).putShort((short) 16);
            header.put(ascii("data")).putInt((int) dataBytes).flip();
            while (header.hasRemaining()) channel.write(header, header.position());
            // Only then it may take its name: after a power failure there is the whole file or none.
            channel.force(true);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
