package dev.outdial.media.codec;

import java.nio.ByteBuffer;

/** G.722, and from its 16 kHz down to 8. */
final class G722SoundDecoder implements SoundDecoder {
    private final G722 codec = new G722();
    private final HalfBand down = new HalfBand();
    private final short[] wide = new short[2 * MAX_SAMPLES];

    @Override
    public int decode(ByteBuffer payload, int offset, int byteLength, short[] target) {
        if (byteLength > MAX_SAMPLES) return 0;
        for (int i = 0; i < byteLength; i++) codec.decode(payload.get(offset + i), wide, 2 * i);
        down.halve(wide, 0, 2 * byteLength, target, 0);
        return byteLength;
    }

    @Override
    public int recover(ByteBuffer payload, int offset, int byteLength, short[] target) {
        return 0;
    }

    @Override
    public void reset() {
        codec.reset();
        down.reset();
    }
}
