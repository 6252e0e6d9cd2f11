package dev.outdial.media.codec;

/**
 * G.711 by table, the tables built from the Recommendation's definition: decision values lie half way between output
 * values, as ITU-T G.711 tables 1 and 2 give them. The linear side is 16 bits: mu-law uses its upper 14, A-law its
 * upper 13.
 */
public final class G711 {
    private static final int MU_BIAS = 33;
    private static final int MU_CLIP = 8158;

    private static final short[] FROM_MU_LAW = new short[256];
    private static final short[] FROM_A_LAW = new short[256];
    private static final byte[] MU_LAW = new byte[65536];
    private static final byte[] A_LAW = new byte[65536];

    static {
        for (int code = 0; code < 256; code++) {
            FROM_MU_LAW[code] = (short) muLawValue(code);
            FROM_A_LAW[code] = (short) aLawValue(code);
        }
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            MU_LAW[sample & 0xFFFF] = (byte) muLawCode(sample);
            A_LAW[sample & 0xFFFF] = (byte) aLawCode(sample);
        }
    }

    private G711() {}

    /** The mu-law code of a sample. */
    public static byte muLaw(short sample) {
        return MU_LAW[sample & 0xFFFF];
    }

    /** The A-law code of a sample. */
    public static byte aLaw(short sample) {
        return A_LAW[sample & 0xFFFF];
    }

    /** The sample that a mu-law code stands for. */
    public static short fromMuLaw(byte code) {
        return FROM_MU_LAW[code & 0xFF];
    }

    /** The sample that an A-law code stands for. */
    public static short fromALaw(byte code) {
        return FROM_A_LAW[code & 0xFF];
    }

    /** Inverted bits sSSSQQQQ: value = ((2Q + 33) << S) - 33 on a 14 bit scale. */
    private static int muLawValue(int code) {
        int bits = ~code & 0xFF;
        int segment = (bits >> 4) & 7;
        int magnitude = ((2 * (bits & 15) + MU_BIAS) << segment) - MU_BIAS;
        return 4 * ((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static int muLawCode(int sample) {
        // One's complement, as in A-law and in the ITU's own software (G.191): a sample on a decision value belongs to
        // the
        // interval above it on both sides of zero.
        int magnitude = Math.min((sample < 0 ? ~sample : sample) >> 2, MU_CLIP) + MU_BIAS;
        int segment = 26 - Integer.numberOfLeadingZeros(magnitude);
        int bits = (segment << 4) | ((magnitude >> (segment + 1)) & 15);
        return ~(sample < 0 ? bits | 0x80 : bits) & 0xFF;
    }

    /** Even bits inverted, sSSSQQQQ, s = 1 for positive: 2Q + 1 in segment 0, (2Q + 33) << (S - 1) above, on a 13 bit scale. */
    private static int aLawValue(int code) {
        int bits = code ^ 0x55;
        int segment = (bits >> 4) & 7;
        int step = 2 * (bits & 15) + 1;
        int magnitude = segment == 0 ? step : (step + 32) << (segment - 1);
        return 8 * ((bits & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static int aLawCode(int sample) {
        // Negative samples are mirrored one's-complement: -1 belongs to the first negative interval, 0 to the first
        // positive.
        int magnitude = (sample < 0 ? ~sample : sample) >> 4;
        int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
        int bits = (segment << 4) | ((magnitude >> Math.max(0, segment - 1)) & 15);
        return (sample < 0 ? bits : bits | 0x80) ^ 0x55;
    }
}
