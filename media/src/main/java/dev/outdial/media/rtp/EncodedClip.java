package dev.outdial.media.rtp;

import dev.outdial.media.codec.AudioCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Sound that is ready to be sent: immutable frames of one payload format and packet length, made once and shared by all
 * calls that play it. Frames of a codec without state can be cut and joined anywhere, those of one {@link AudioCodec#hasState with
 * state} are sent whole. Not for sound that is still being made.
 */
public final class EncodedClip {
    private final AudioCodec codec;
    private final int ptimeMillis;
    private final int sampleCount;
    private final byte[] frames;
    /** Where each frame begins, and where the last one ends; empty where all have one length. */
    private final int[] starts;

    private EncodedClip(AudioCodec codec, int ptimeMillis, int sampleCount, byte[] frames, int[] starts) {
        this.codec = codec;
        this.ptimeMillis = ptimeMillis;
        this.sampleCount = sampleCount;
        this.frames = frames;
        this.starts = starts;
    }

    /**
     * A clip of these codes, of a codec without state; the last frame is filled up with silence.
     *
     * @param codes as the codec writes them, copied; what is less than a sample at the end is left out
     * @param ptimeMillis length of a frame, 10 to 40 ms
     */
    public static EncodedClip of(AudioCodec codec, int ptimeMillis, byte[] codes) {
        checkPtime(codec, ptimeMillis);
        int frameBytes = codec.bytesFor(AudioCodec.samplesIn(ptimeMillis));
        int sampleCount = codec.samplesFor(codes.length);
        int soundBytes = codec.bytesFor(sampleCount);
        byte[] frames = Arrays.copyOf(codes, Math.ceilDiv(soundBytes, frameBytes) * frameBytes);
        Arrays.fill(frames, soundBytes, frames.length, codec.silence());
        return new EncodedClip(codec, ptimeMillis, sampleCount, frames, new int[0]);
    }

    /**
     * A clip of frames of a codec that has state.
     *
     * @param sampleCount of the sound at 8,000 a second
     * @param frames one after another, copied
     * @param lengths bytes of each frame; at least as many frames as the sound takes, those after it are silence
     * @param ptimeMillis length of a frame, one that {@link AudioCodec#packetMillis} allows
     */
    public static EncodedClip ofFrames(
            AudioCodec codec, int ptimeMillis, int sampleCount, byte[] frames, int[] lengths) {
        checkPtime(codec, ptimeMillis);
        if (!codec.hasState()) throw new IllegalArgumentException(codec + " has no state");
        int count = lengths.length;
        if (count < Math.ceilDiv(sampleCount, AudioCodec.samplesIn(ptimeMillis)))
            throw new IllegalArgumentException(count + " frames for " + sampleCount + " samples");
        var starts = new int[count + 1];
        for (int i = 0; i < count; i++) starts[i + 1] = starts[i] + lengths[i];
        return new EncodedClip(codec, ptimeMillis, sampleCount, Arrays.copyOf(frames, starts[count]), starts);
    }

    private static void checkPtime(AudioCodec codec, int ptimeMillis) {
        if (ptimeMillis < 10 || ptimeMillis > 40)
            throw new IllegalArgumentException("ptime " + ptimeMillis + " ms, expected 10 to 40");
        if (codec.packetMillis(ptimeMillis) != ptimeMillis)
            throw new IllegalArgumentException("ptime " + ptimeMillis + " ms, which " + codec + " does not have");
    }

    /** The payload format of every frame. */
    public AudioCodec codec() {
        return codec;
    }

    /** The length of a frame, in milliseconds. */
    public int ptimeMillis() {
        return ptimeMillis;
    }

    /** Samples of sound at 8,000 a second, without the silence that fills the last frame. */
    public int sampleCount() {
        return sampleCount;
    }

    /** Length of the sound in milliseconds, rounded, without the silence that fills the last frame. */
    public long millis() {
        return Math.round(sampleCount * 1000.0 / AudioCodec.CLOCK_RATE);
    }

    /** Bytes of all frames. */
    public int byteLength() {
        return frames.length;
    }

    /** Packets that it takes to send this clip. */
    public int frameCount() {
        return codec.hasState() ? starts.length - 1 : frames.length / frameByteLength();
    }

    /** Bytes of each frame: of a codec without state. */
    public int frameByteLength() {
        return codec.bytesFor(AudioCodec.samplesIn(ptimeMillis));
    }

    /** Bytes of one frame. */
    public int frameByteLength(int index) {
        return codec.hasState() ? starts[index + 1] - starts[index] : frameByteLength();
    }

    /** Copies one frame to where the buffer stands. */
    public void copyFrame(int index, ByteBuffer target) {
        int length = frameByteLength(index);
        target.put(frames, codec.hasState() ? starts[index] : index * length, length);
    }

    /**
     * Copies sound to where the buffer stands, whatever the frames: of a codec without state.
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
