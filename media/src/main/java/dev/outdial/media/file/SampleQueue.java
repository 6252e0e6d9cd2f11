package dev.outdial.media.file;

import java.util.Arrays;

/** Samples that a decoder has made and nobody has read yet. */
final class SampleQueue {
    private float[] samples = new float[8192];
    private int head;
    private int tail;

    int size() {
        return tail - head;
    }

    /** Makes room for {@code count} samples at the end; {@link #add} them one by one. */
    void reserve(int count) {
        if (tail + count <= samples.length) return;
        int size = size();
        float[] target = size + count <= samples.length ? samples : Arrays.copyOf(samples, 2 * (size + count));
        System.arraycopy(samples, head, target, 0, size);
        samples = target;
        head = 0;
        tail = size;
    }

    void add(float sample) {
        samples[tail++] = sample;
    }

    /** Drops {@code count} of the last {@code last} samples: the first of them. */
    void dropBefore(long last, int count) {
        int from = (int) Math.max(head, tail - last);
        int n = Math.min(count, tail - from);
        System.arraycopy(samples, from + n, samples, from, tail - from - n);
        tail -= n;
    }

    void dropLast(int count) {
        tail -= Math.min(count, size());
    }

    int take(float[] target, int offset, int count) {
        int n = Math.min(count, size());
        System.arraycopy(samples, head, target, offset, n);
        head += n;
        return n;
    }
}
