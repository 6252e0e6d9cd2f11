package dev.outdial.media.file;

import dev.outdial.media.codec.G711;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * RIFF WAVE. Where the sound ends is found in the file, not believed from its header: programs that stream or crash leave
 * 0 or 0xFFFFFFFF there, and a wrong size must neither cut the sound nor play the chunks after it.
 */
final class WavSource implements PcmSource {
    private static final int CHUNK_LIMIT = 1000;

    private final FileChannel channel;
    private final WavFormat format;
    private final ByteBuffer buffer = ByteBuffer.allocate(32768).order(ByteOrder.LITTLE_ENDIAN);
    private long position;
    private final long end;

    private WavSource(FileChannel channel, WavFormat format, long start, long end) {
        this.channel = channel;
        this.format = format;
        this.position = start;
        this.end = end;
        buffer.limit(0);
    }

    static WavSource open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            return open(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static WavSource open(Path file, FileChannel channel) throws IOException {
        long length = channel.size();
        if (length < 12 || !fourCc(channel, 8).equals("WAVE"))
            throw new AudioFormatException(file, "RIFF, but not WAVE", 8);
        WavFormat format = null;
        long at = 12;
        for (int i = 0; i < CHUNK_LIMIT && at + 8 <= length; i++) {
            String id = fourCc(channel, at);
            long size = int32(channel, at + 4) & 0xFFFFFFFFL;
            if (id.equals("fmt ")) {
                format = WavFormat.parse(file, at + 8, read(channel, at + 8, (int) Math.min(size, 40)));
            } else if (id.equals("data")) {
                if (format == null) throw new AudioFormatException(file, "data before the fmt chunk", at);
                long end = endOfData(channel, at + 8, size, length);
                if (end - at - 8 < format.frameByteLength())
                    throw new AudioFormatException(file, "no sound in the data chunk", at);
                return new WavSource(channel, format, at + 8, end);
            }
            at += 8 + size + (size & 1);
        }
        throw new AudioFormatException(file, "no data chunk before the end", length);
    }

    /** The declared end is believed only where nothing, or a chain of chunks, comes after it. */
    private static long endOfData(FileChannel channel, long start, long declared, long length) throws IOException {
        if (declared == 0 || start + declared >= length) return length;
        long at = start + declared + (declared & 1);
        for (int i = 0; i < CHUNK_LIMIT && at + 8 <= length; i++) {
            if (!fourCc(channel, at).matches("[A-Za-z0-9_ -]{4}")) return length;
            long size = int32(channel, at + 4) & 0xFFFFFFFFL;
            at += 8 + size + (size & 1);
        }
        // One byte may be missing where the last chunk was not padded to an even length.
        return Math.abs(at - length) <= 1 ? start + declared : length;
    }

    private static String fourCc(FileChannel channel, long at) throws IOException {
        return new String(read(channel, at, 4).array(), 0, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static int int32(FileChannel channel, long at) throws IOException {
        ByteBuffer four = read(channel, at, 4);
        return four.remaining() < 4 ? 0 : four.getInt();
    }

    private static ByteBuffer read(FileChannel channel, long at, int count) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (target.hasRemaining() && channel.read(target, at + target.position()) > 0) {}
        return target.flip();
    }

    @Override
    public String format() {
        return "WAV, " + format.encoding().title();
    }

    @Override
    public int sampleRate() {
        return format.sampleRate();
    }

    @Override
    public int channels() {
        return format.channels();
    }

    @Override
    public int read(float[] target, int offset, int count) throws IOException {
        int frameBytes = format.frameByteLength();
        if (buffer.remaining() < frameBytes && !fill(frameBytes)) return -1;
        int n = Math.min(count, buffer.remaining() / frameBytes);
        float scale = 1f / format.channels();
        for (int i = 0; i < n; i++) {
            float sum = 0;
            for (int c = 0; c < format.channels(); c++) sum += sample();
            target[offset + i] = sum * scale;
        }
        return n;
    }

    private boolean fill(int atLeast) throws IOException {
        buffer.compact();
        buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + end - position));
        int n;
        while (buffer.position() < atLeast && buffer.hasRemaining() && (n = channel.read(buffer, position)) > 0)
            position += n;
        buffer.flip();
        return buffer.remaining() >= atLeast;
    }

    private float sample() {
        return switch (format.encoding()) {
            case PCM_8 -> ((buffer.get() & 0xFF) - 128) / 128f;
            case PCM_16 -> buffer.getShort() / 32768f;
            case PCM_24 -> ((buffer.get() & 0xFF) | ((buffer.get() & 0xFF) << 8) | (buffer.get() << 16)) / 8388608f;
            case PCM_32 -> buffer.getInt() / 0x1p31f;
            case FLOAT_32 -> bounded(buffer.getFloat());
            case MU_LAW -> G711.fromMuLaw(buffer.get()) / 32768f;
            case A_LAW -> G711.fromALaw(buffer.get()) / 32768f;
        };
    }

    private static float bounded(float sample) {
        return Float.isNaN(sample) ? 0 : Math.clamp(sample, -1f, 1f);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
