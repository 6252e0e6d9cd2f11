package dev.outdial.media.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A growing WAV file of 8 kHz 16 bit mono; its header is true after every write, so that a crash leaves a whole file. <b>Threading:</b> one owner. */
public final class WavWriter implements Closeable {
    private static final int HEADER_BYTES = 44;

    private final FileChannel channel;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long dataBytes;

    /** Opens the file and writes the header of one without sound; what was in it is gone. */
    public WavWriter(Path file) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            writeHeader();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Appends samples: little-endian, two bytes each, up to the buffer's limit. */
    public void write(ByteBuffer samples) throws IOException {
        while (samples.hasRemaining()) dataBytes += channel.write(samples, HEADER_BYTES + dataBytes);
        writeHeader();
    }

    private void writeHeader() throws IOException {
        header.clear();
        header.put(ascii("RIFF")).putInt((int) dataBytes + HEADER_BYTES - 8).put(ascii("WAVEfmt "));
        header.putInt(16).putShort((short) 1).putShort((short) 1);
        header.putInt(8000).putInt(16_000).putShort((short) 2).putShort((short) 16);
        header.put(ascii("data")).putInt((int) dataBytes).flip();
        while (header.hasRemaining()) channel.write(header, header.position());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
