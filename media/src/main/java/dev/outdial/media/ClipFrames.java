package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SilentFrames;
import dev.outdial.media.codec.SoundEncoder;
import dev.outdial.media.rtp.EncodedClip;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes a clip's frames in a codec that has state, piece by piece. Used once. <b>Threading:</b> one owner. */
final class ClipFrames {
    /** The codecs give the last sounds up to so much later: without silence after them they would be cut off. */
    private static final int TAIL_MILLIS = 10;
    /** By so much G.722 is late: what follows in the last frame is the silence at which the next clip's encoder begins. */
    private static final int G722_LATE_MILLIS = 3;

    private final AudioCodec codec;
    private final int ptimeMillis;
    private final SoundEncoder encoder;
    private final short[] frame;
    private int filled;
    private long sampleCount;
    private final byte[] coded = new byte[SoundEncoder.MAX_BYTES];
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private final List<Integer> lengths = new ArrayList<>();

    ClipFrames(AudioCodec codec, int ptimeMillis) {
        this.codec = codec;
        this.ptimeMillis = ptimeMillis;
        this.encoder = codec.newEncoder(codec.sampleRate());
        this.frame = new short[codec.sampleRate() / 1000 * ptimeMillis];
    }

    /** Takes the next samples, at the codec's own rate. */
    void put(short[] samples, int count) {
        sampleCount += count;
        append(samples, count);
    }

    private void append(short[] samples, int count) {
        for (int done = 0; done < count; ) {
            int piece = Math.min(count - done, frame.length - filled);
            System.arraycopy(samples, done, frame, filled, piece);
            filled += piece;
            done += piece;
            if (filled == frame.length) flush();
        }
    }

    private void flush() {
        Arrays.fill(frame, filled, frame.length, (short) 0);
        int length = encoder.encode(frame, 0, frame.length, coded);
        frames.write(coded, 0, length);
        lengths.add(length);
        filled = 0;
    }

    /** The clip; the last frame is filled up with silence. */
    EncodedClip finish() {
        end();
        byte[] all = frames.toByteArray();
        if (codec == AudioCodec.G722) comeToRest(all);
        return EncodedClip.ofFrames(
                codec,
                ptimeMillis,
                Math.toIntExact(sampleCount * AudioCodec.CLOCK_RATE / codec.sampleRate()),
                all,
                lengths.stream().mapToInt(Integer::intValue).toArray());
    }

    private void end() {
        if (sampleCount == 0) return;
        int tail = codec.sampleRate() / 1000 * TAIL_MILLIS;
        append(new short[tail], tail);
        if (filled > 0) flush();
    }

    private void comeToRest(byte[] codes) {
        long end = sampleCount / 2 + (long) AudioCodec.samplesIn(G722_LATE_MILLIS);
        byte silence = SilentFrames.of(codec, ptimeMillis)[0];
        if (end < codes.length) Arrays.fill(codes, (int) end, codes.length, silence);
    }
}
