package dev.outdial.media.codec;

import java.nio.ByteBuffer;

/**
 * Reads the payloads of one stream in a codec that has state, in their order; gives 8,000 samples a second. Never fails on what
 * it is given. <b>Threading:</b> one owner.
 */
public sealed interface SoundDecoder permits G722SoundDecoder, OpusSoundDecoder {
    /** 120 ms: nothing longer is decoded. */
    int MAX_SAMPLES = 960;

    /**
     * Decodes the next payload. The buffer's position stays.
     *
     * @param target has room for {@link #MAX_SAMPLES}
     * @return how many samples, 0 where it is damaged or too long
     */
    int decode(ByteBuffer payload, int offset, int byteLength, short[] target);

    /**
     * What this payload tells of the one before it, which was lost; to be asked before it is decoded itself. Where it tells nothing the
     * codec makes something up.
     *
     * @return how many samples: as many as this payload has, or 0 where the codec knows no such thing
     */
    int recover(ByteBuffer payload, int offset, int byteLength, short[] target);

    /** Begins anew, as if nothing had been decoded yet. */
    void reset();
}
