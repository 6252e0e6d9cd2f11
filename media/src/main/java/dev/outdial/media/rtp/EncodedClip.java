package dev.outdial.media.rtp;

import dev.outdial.media.codec.AudioCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Sound that is ready to be sent: immutable frames of one payload format and packet length, made once and shared by all
 * calls that play it. Not for sound that is still being made.
 */
public final class EncodedClip {
    private final AudioCodec codec;
    private final int ptimeMillis;
    private final int sampleCount;
    private final byte[] frames;

    private EncodedClip(AudioCodec codec, int ptimeMillis, int sampleCount, byte[] frames) {
        this.codec = codec;
        this.ptimeMillis = ptimeMillis;
        this.sampleCount = sampleCount;
        this.frames = frames;
    }

    /**
     * A clip of these codes; the last frame is filled up with silence.
     *
     * @param codes as the codec writes them, copied; what is less than a sample at the end is left out
     * @param ptimeMillis length of a frame, 10 to 40 ms
     */
    public static EncodedClip of(AudioCodec codec, int ptimeMillis, byte[] codes) {
        if (ptimeMillis < 10 || ptimeMillis > 40)
            throw new IllegalArgumentException("ptime " + ptimeMillis + " ms, expected 10 to 40");
        int frameBytes = codec.bytesFor(AudioCodec.samplesIn(ptimeMillis));
        int sampleCount = codec.samplesFor(codes.length);
        int soundBytes = codec.bytesFor(sampleCount);
        byte[] frames = Arrays.copyOf(codes, Math.ceilDiv(soundBytes, frameBytes) * frameBytes);
        Arrays.fill(frames, soundBytes, frames.length, codec.silence());
        return new EncodedClip(codec, ptimeMillis, sampleCount, frames);
    }

    /** The payload format of every frame. */
    public AudioCodec codec() {
        return codec;
    }

    /** The length of a frame, in milliseconds. */
    public int ptimeMillis() {
        return ptimeMillis;
    }

    /** Samples of sound, without the silence that fills the last frame. */
    public int sampleCount() {
        return sampleCount;
    }

    /** Length of the sound in milliseconds, rounded, without the silence that fills the last frame. */
    public long millis() {
        return Math.round(sampleCount * 1000.0 / AudioCodec.CLOCK_RATE);
    }

    /** Packets that it takes to send this clip. */
    public int frameCount() {
        return frames.length / frameByteLength();
    }

    /** Bytes of one frame. */
    public int frameByteLength() {
        return codec.bytesFor(AudioCodec.samplesIn(ptimeMillis));
    }

    /** Copies one frame to where the buffer stands. */
    public void copyFrame(int index, ByteBuffer target) {
        int length = frameByteLength();
        target.put(frames, index * length, length);
    }

    /**
     * Copies sound to where the buffer stands, whatever the frames.
     *
     * @param fromSample 0 to {@link #sampleCount}
     * @param count of samples, within the same
     */
    public void copy(int fromSample, int count, ByteBuffer target) {
        Objects.checkFromIndexSize(fromSample, count, sampleCount);
        target.put(frames, codec.bytesFor(fromSample), codec.bytesFor(count));
    }

    @Override
    public String toString() {
        return "EncodedClip[" + codec + ", " + millis() + " ms]";
    }
}
