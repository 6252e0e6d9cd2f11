package dev.outdial.media.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;

/** Opus for speech, mono, 24 kbit/s where the sound needs them. */
final class OpusSoundEncoder implements SoundEncoder {
    private static final int BITS_PER_SECOND = 24_000;
    /** Of 0 to 10: above it twice the time buys what nobody hears on the phone. */
    private static final int COMPLEXITY = 5;

    private final OpusEncoder encoder;

    OpusSoundEncoder(int sampleRate) {
        try {
            encoder = new OpusEncoder(sampleRate, 1, OpusApplication.OPUS_APPLICATION_VOIP);
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
        encoder.setBitrate(BITS_PER_SECOND);
        encoder.setUseVBR(true);
        encoder.setComplexity(COMPLEXITY);
        encoder.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
    }

    @Override
    public int encode(short[] samples, int from, int count, byte[] target) {
        try {
            return encoder.encode(samples, from, count, target, 0, MAX_BYTES);
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void reset() {
        encoder.resetState();
    }
}
