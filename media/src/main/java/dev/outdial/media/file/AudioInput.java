package dev.outdial.media.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The bytes of a file that is being decoded, and the name that its user knows it by. Every decoder comes here for bytes
 * again and again, so this is where one that takes too long is stopped. <b>Threading:</b> one owner.
 */
final class AudioInput implements Closeable {
    private static final int BUFFER_BYTES = 32768;

    private final String name;
    private final FileChannel channel;
    private final long length;
    private final TimeLimit time;
    private long furthest;

    private AudioInput(String name, FileChannel channel, long length, TimeLimit time) {
        this.name = name;
        this.channel = channel;
        this.length = length;
        this.time = time;
    }

    static AudioInput open(Path file, String name, TimeLimit time) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            return new AudioInput(name, channel, channel.size(), time);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    /** In bytes, as it was when the file was opened: what is written to it afterwards is not read. */
    long length() {
        return length;
    }

    /** The furthest place that was read up to: about where the decoder is. */
    long furthest() {
        return furthest;
    }

    /** Up to {@code count} bytes from a place on; fewer at the end of the file. */
    ByteBuffer at(long offset, int count) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(Math.clamp(length - offset, 0, count));
        while (target.hasRemaining() && read(target, offset + target.position()) > 0) {}
        return target.flip();
    }

    /** Up to {@code count} bytes from a place on, as a text of that many characters. */
    String textAt(long offset, int count) throws IOException {
        return StandardCharsets.ISO_8859_1.decode(at(offset, count)).toString();
    }

    /** Reads some bytes; -1 at the end of the file. */
    int read(ByteBuffer target, long offset) throws IOException {
        if (time.passed())
            throw refusal("takes longer than " + AudioFiles.MAX_DECODE_SECONDS + " s to decode", furthest);
        if (offset < 0 || offset >= length) return -1;
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + length - offset));
        int n = channel.read(target, offset);
        target.limit(limit);
        furthest = Math.max(furthest, offset + Math.max(0, n));
        return n;
    }

    /** All bytes from a place on, one after the other. */
    Reader from(long offset) {
        return new Reader(offset);
    }

    AudioFormatException refusal(String reason) {
        return new AudioFormatException(name, reason);
    }

    AudioFormatException refusal(String reason, long offset) {
        return new AudioFormatException(name, reason, offset);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Reads on from a place, through a buffer. Closing it does nothing. */
    final class Reader extends InputStream {
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
        private long next;
        private long marked;

        private Reader(long offset) {
            this.next = offset;
        }

        /** Bytes from the start of the file to what is read next. */
        long offset() {
            return next - buffer.remaining();
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            if (count == 0) return 0;
            if (!fill()) return -1;
            int n = Math.min(count, buffer.remaining());
            buffer.get(target, offset, n);
            return n;
        }

        @Override
        public long skip(long count) {
            long from = offset();
            long to = Math.clamp(from + Math.max(0, count), from, Math.max(from, length));
            if (to <= next) buffer.position((int) (buffer.position() + to - from));
            else {
                buffer.limit(0);
                next = to;
            }
            return to - from;
        }

        @Override
        public boolean markSupported() {
            return true;
        }

        /** Any number of bytes may be read until {@link #reset}. */
        @Override
        public void mark(int limit) {
            marked = offset();
        }

        @Override
        public void reset() {
            buffer.limit(0);
            next = marked;
        }

        @Override
        public int available() {
            return Math.clamp(length - offset(), 0, Integer.MAX_VALUE);
        }

        private boolean fill() throws IOException {
            if (buffer.hasRemaining()) return true;
            buffer.clear();
            int n = AudioInput.this.read(buffer, next);
            buffer.flip();
            if (n > 0) next += n;
            return n > 0;
        }
    }
}
