package dev.outdial.media.record;

import dev.outdial.media.codec.G711;
import dev.outdial.media.record.RecordingOptions.Format;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A growing WAV file of 8 kHz; its header is true after every write, and between two of them says less than is there, so that a
 * crash leaves a whole file. <b>Threading:</b> one owner at a time.
 */
public final class WavWriter implements Closeable {
    private static final int SAMPLE_RATE = 8000;
    private static final int MOST_HEADER_BYTES = 58;
    /** Sizes in the header have 32 bits. */
    private static final long MOST_BYTES = 0xFFFF_FFFFL - 1;

    private final FileChannel channel;
    private final int channels;
    private final Format format;
    private final int headerBytes;
    private final ByteBuffer header = ByteBuffer.allocate(MOST_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer codes = ByteBuffer.allocate(4096);
    private long dataBytes;

    /** One of one channel of 16 bit samples, still without sound; what was in the file is gone. */
    public WavWriter(Path file) throws IOException {
        this(file, 1, Format.PCM16);
    }

    WavWriter(Path file, int channels, Format format) throws IOException {
        this.channels = channels;
        this.format = format;
        // Formats other than linear samples have a longer fmt chunk, and a fact chunk.
        this.headerBytes = format == Format.PCM16 ? 44 : MOST_HEADER_BYTES;
        // A recording of the same name that is just being closed keeps the file that it has, and this one gets a new
        // one.
        if (Files.isRegularFile(file)) Files.delete(file);
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            writeHeader();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Appends samples: little-endian, two bytes each, channel by channel, up to the buffer's limit. */
    public void write(ByteBuffer samples) throws IOException {
        if (format == Format.PCM16) append(samples);
        while (samples.hasRemaining()) append(encode(samples));
        writeHeader();
    }

    private ByteBuffer encode(ByteBuffer samples) {
        codes.clear();
        while (samples.hasRemaining() && codes.hasRemaining()) {
            short sample = samples.getShort();
            codes.put(format == Format.PCMU ? G711.muLaw(sample) : G711.aLaw(sample));
        }
        return codes.flip();
    }

    private void append(ByteBuffer bytes) throws IOException {
        if (bytes() + bytes.remaining() > MOST_BYTES) throw new IOException("a WAV file holds no more than 4 GB");
        while (bytes.hasRemaining()) dataBytes += channel.write(bytes, headerBytes + dataBytes);
    }

    private void writeHeader() throws IOException {
        int frameBytes = channels * format.bytesPerSample();
        header.clear();
        header.put(ascii("RIFF")).putInt((int) (bytes() - 8)).put(ascii("WAVEfmt "));
        header.putInt(format == Format.PCM16 ? 16 : 18);
        header.putShort((short) format.tag()).putShort((short) channels);
        header.putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * frameBytes);
        header.putShort((short) frameBytes).putShort((short) (8 * format.bytesPerSample()));
        if (format != Format.PCM16)
            header.putShort((short) 0).put(ascii("fact")).putInt(4).putInt((int) (dataBytes / frameBytes));
        header.put(ascii("data")).putInt((int) dataBytes).flip();
        while (header.hasRemaining()) channel.write(header, header.position());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The file's length; a chunk of odd length is padded. */
    long bytes() {
        return headerBytes + dataBytes + (dataBytes & 1);
    }

    /** How much sound it holds. */
    long millis() {
        return dataBytes / ((long) channels * format.bytesPerSample()) * 1000 / SAMPLE_RATE;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if ((dataBytes & 1) == 1) channel.write(ByteBuffer.allocate(1), headerBytes + dataBytes);
        }
    }
}
