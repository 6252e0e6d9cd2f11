package dev.outdial.media.codec;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;

/** Opus at 8 kHz, mono whatever was sent (RFC 6716 section 2.1.2: a decoder may run at any rate and number of channels). */
final class OpusSoundDecoder implements SoundDecoder {
    private static final int MAX_BYTES = 2048;

    private final OpusDecoder decoder;
    private final byte[] packet = new byte[MAX_BYTES];

    OpusSoundDecoder() {
        try {
            decoder = new OpusDecoder(AudioCodec.CLOCK_RATE, 1);
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int decode(ByteBuffer payload, int offset, int byteLength, short[] target) {
        return decode(payload, offset, byteLength, target, false);
    }

    /** The redundant copy that a frame of speech may carry of the one before it (RFC 6716 section 2.1.7). */
    @Override
    public int recover(ByteBuffer payload, int offset, int byteLength, short[] target) {
        return decode(payload, offset, byteLength, target, true);
    }

    private int decode(ByteBuffer payload, int offset, int byteLength, short[] target, boolean before) {
        int samples = OpusPacket.samplesIn(payload, offset, byteLength);
        if (samples == 0 || byteLength > MAX_BYTES) return 0;
        payload.get(offset, packet, 0, byteLength);
        try {
            return decoder.decode(packet, 0, byteLength, target, 0, samples, before);
        } catch (OpusException | RuntimeException | AssertionError e) {
            // Nothing that was sent by anybody may end the call; what the decoder knows may be half written.
            reset();
            return 0;
        }
    }

    @Override
    public void reset() {
        decoder.resetState();
    }
}
