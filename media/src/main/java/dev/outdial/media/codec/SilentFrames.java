package dev.outdial.media.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Packets of silence, each made once. <b>Threading:</b> any. */
public final class SilentFrames {
    /** After so much silence an encoder's packets do not change any more, in milliseconds. */
    private static final int SETTLING_MILLIS = 1000;

    private record Key(AudioCodec codec, int ptimeMillis) {}

    private static final ConcurrentMap<Key, byte[]> KNOWN = new ConcurrentHashMap<>();

    private SilentFrames() {}

    /**
     * The payload of a packet of silence, which may follow anything and be followed by itself. Nobody may change it. The first time
     * takes a while for a codec that has state: longer than a media loop may be held up. Afterwards its encoder and decoder are ready.
     */
    public static byte[] of(AudioCodec codec, int ptimeMillis) {
        return KNOWN.computeIfAbsent(new Key(codec, ptimeMillis), SilentFrames::make);
    }

    private static byte[] make(Key key) {
        int sampleCount = AudioCodec.samplesIn(key.ptimeMillis);
        return switch (key.codec) {
            case PCMU, PCMA, L16 -> filled(key.codec.bytesFor(sampleCount), key.codec.silence());
            case G722 -> filled(sampleCount, G722.SILENCE);
            case OPUS -> settled(key);
        };
    }

    private static byte[] filled(int byteLength, byte code) {
        byte[] codes = new byte[byteLength];
        Arrays.fill(codes, code);
        return codes;
    }

    private static byte[] settled(Key key) {
        int rate = key.codec.sampleRate();
        var encoder = key.codec.newEncoder(rate);
        var silence = new short[rate / 1000 * key.ptimeMillis];
        var frame = new byte[SoundEncoder.MAX_BYTES];
        int length = 0;
        for (int millis = 0; millis < SETTLING_MILLIS; millis += key.ptimeMillis)
            length = encoder.encode(silence, 0, silence.length, frame);
        var heard = new short[SoundDecoder.MAX_SAMPLES];
        int count = key.codec.newDecoder().decode(ByteBuffer.wrap(frame), 0, length, heard);
        if (count != AudioCodec.samplesIn(key.ptimeMillis))
            throw new IllegalStateException(key + ": silence of " + count + " samples");
        return Arrays.copyOf(frame, length);
    }
}
