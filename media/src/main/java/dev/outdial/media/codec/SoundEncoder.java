package dev.outdial.media.codec;

/** Makes the payloads of one stream in a codec that has state. <b>Threading:</b> one owner. */
public sealed interface SoundEncoder permits G722SoundEncoder, OpusSoundEncoder {
    /** No payload of a packet of 10 to 40 ms is longer. */
    int MAX_BYTES = 400;

    /**
     * Makes the next packet's payload.
     *
     * @param count of the samples, at the rate that the encoder was made for: 10 to 40 ms of them, as {@link
     *     AudioCodec#packetMillis} allows
     * @param target has room for {@link #MAX_BYTES}
     * @return its length in bytes
     */
    int encode(short[] samples, int from, int count, byte[] target);

    /** Begins anew, as if {@link SilentFrames} had been sent until now. */
    void reset();
}
