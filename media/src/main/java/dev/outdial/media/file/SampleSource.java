package dev.outdial.media.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sound whose samples each have their own bytes, one channel after the other. */
final class SampleSource implements PcmSource {
    /** Where the bytes come from. */
    interface Bytes {
        /** Reads some; -1 at the end. */
        int read(ByteBuffer target) throws IOException;
    }

    private final String format;
    private final int sampleRate;
    private final int channels;
    private final SampleCoding coding;
    private final Bytes bytes;
    private final ByteBuffer buffer;

    SampleSource(String format, int sampleRate, int channels, SampleCoding coding, ByteOrder order, Bytes bytes) {
        this.format = format;
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.coding = coding;
        this.bytes = bytes;
        this.buffer = ByteBuffer.allocate(32768).order(order).limit(0);
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int read(float[] target, int offset, int count) throws IOException {
        int frameBytes = coding.byteLength() * channels;
        if (buffer.remaining() < frameBytes && !fill(frameBytes)) return -1;
        int n = Math.min(count, buffer.remaining() / frameBytes);
        float scale = 1f / channels;
        for (int i = 0; i < n; i++) {
            float sum = 0;
            for (int c = 0; c < channels; c++) sum += coding.next(buffer);
            target[offset + i] = sum * scale;
        }
        return n;
    }

    private boolean fill(int atLeast) throws IOException {
        buffer.compact();
        while (buffer.position() < atLeast && bytes.read(buffer) > 0) {}
        buffer.flip();
        return buffer.remaining() >= atLeast;
    }

    @Override
    public void close() {
        // The input belongs to who opened it.
    }
}
