package dev.outdial.media.codec;

/**
 * An audio payload format that can be spoken on the wire. Both are G.711: one byte a sample, 8,000 samples a second, so
 * that bytes, samples and RTP timestamp units are the same count. Not a description of a file's format.
 */
public enum AudioCodec {
    /** G.711 mu-law, RTP payload type 0 (RFC 3551 section 4.5.14). */
    PCMU(0, (byte) 0xFF),
    /** G.711 A-law, RTP payload type 8 (RFC 3551 section 4.5.14). */
    PCMA(8, (byte) 0xD5);

    /** RTP clock rate and sample rate of both formats. */
    public static final int CLOCK_RATE = 8000;

    private final int payloadType;
    private final byte silence;

    AudioCodec(int payloadType, byte silence) {
        this.payloadType = payloadType;
        this.silence = silence;
    }

    /** The static RTP payload type number of RFC 3551. */
    public int payloadType() {
        return payloadType;
    }

    /** The code of a sample of value zero. */
    public byte silence() {
        return silence;
    }

    /** The code of a 16 bit linear sample. */
    public byte encode(short sample) {
        return switch (this) {
            case PCMU -> G711.muLaw(sample);
            case PCMA -> G711.aLaw(sample);
        };
    }

    /** The 16 bit linear sample that a code stands for. */
    public short decode(byte code) {
        return switch (this) {
            case PCMU -> G711.fromMuLaw(code);
            case PCMA -> G711.fromALaw(code);
        };
    }

    /** Samples (and bytes, and timestamp units) in a packet of this length. */
    public static int samplesIn(int ptimeMillis) {
        return ptimeMillis * (CLOCK_RATE / 1000);
    }
}
