package dev.outdial.media.codec;

import java.util.Arrays;

/**
 * ITU-T G.722 at 64 kbit/s: sound of 16,000 samples a second in two sub-bands of 8,000, 6 bits for the lower and 2 for the upper, a
 * byte for each two samples. By the tables and blocks of the Recommendation. An instance encodes or decodes one stream, never
 * both. Allocates nothing. <b>Threading:</b> one owner.
 */
final class G722 {
    /** Samples at 16 kHz by which sound comes out of encoder and decoder later than it went in. */
    static final int DELAY_SAMPLES = 22;

    /**
     * The least of each band above zero, which at the smallest scale factors is nothing at all: repeated, it makes both bands come to
     * rest as fast as they can. What an encoder makes of silence is never at rest.
     */
    static final byte SILENCE = (byte) 0xFD;

    private static final int TAPS = 24;
    private static final int LINE = 1024;

    /** One half of the mirrored filter, every other coefficient (table 11). */
    private static final int[] FILTER = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

    /** Decision levels of the lower band (table 14, Q6). */
    private static final int[] LOW_LEVELS = {
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219,
        1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    /** Outputs of the lower band's quantizer with 4 bits, which adapt it (QM4), and with all 6 (QM6). */
    private static final int[] LOW_4 = {
        0, -20_456, -12_896, -8968, -6288, -4240, -2584, -1200, 20_456, 12_896, 8968, 6288, 4240, 2584, 1200, 0
    };

    private static final int[] LOW_6 = {
        -136, -136, -136, -136, -24_808, -21_904, -19_008, -16_704, -14_984, -13_512, -12_280, -11_192, -10_232, -9360,
        -8576, -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360,
        -1040, -728, 24_808, 21_904, 19_008, 16_704, 14_984, 13_512, 12_280, 11_192, 10_232, 9360, 8576, 7856, 7192,
        6576, 6000, 5456, 4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136
    };

    /** What a code of 4 bits adds to the logarithm of the lower band's scale factor (WL by RL42). */
    private static final int[] LOW_LOG = {
        -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60
    };

    /** The same for the upper band: outputs (QM2) and logarithms (WH by RH2), by code. */
    private static final int[] HIGH_2 = {-7408, -1616, 7408, 1616};

    private static final int[] HIGH_LOG = {798, -214, 798, -214};
    private static final int HIGH_LEVEL = 564;

    private static final int SETTLING_BYTES = 8000;
    private static final G722 REST = rested();

    private final G722Band low = G722Band.low();
    private final G722Band high = G722Band.high();
    /** Samples, or sums and differences of the bands, {@link #TAPS} of them behind the next place. */
    private final int[] line = new int[LINE];

    private int next = TAPS;

    /** Begins anew, as the Recommendation begins. */
    void reset() {
        low.reset();
        high.reset();
        Arrays.fill(line, 0);
        next = TAPS;
    }

    /**
     * Begins anew where {@link #SILENCE} leaves a decoder that heard a little of it: an encoder that begins elsewhere is not understood
     * for its first 60 ms.
     */
    void rest() {
        reset();
        low.set(REST.low);
        high.set(REST.high);
    }

    private static G722 rested() {
        var codec = new G722();
        var heard = new short[2];
        for (int i = 0; i < SETTLING_BYTES; i++) codec.decode(SILENCE, heard, 0);
        return codec;
    }

    /** Encodes an even number of samples to half as many bytes. */
    void encode(short[] samples, int from, int count, byte[] target, int at) {
        for (int i = 0; i < count; i += 2) {
            int newest = put(samples[from + i], samples[from + i + 1]);
            int odd = 0;
            int even = 0;
            for (int tap = 0; tap < FILTER.length; tap++) {
                odd += line[newest + 2 * tap] * FILTER[tap];
                even += line[newest + 2 * tap + 1] * FILTER[FILTER.length - 1 - tap];
            }
            target[at + i / 2] = (byte) (encodeHigh(even - odd >> 14) << 6 | encodeLow(even + odd >> 14));
        }
    }

    private int encodeLow(int sample) {
        int difference = G722Band.saturated(sample - low.estimate());
        int magnitude = difference < 0 ? ~difference : difference;
        int level = 1;
        while (level < LOW_LEVELS.length && magnitude >= LOW_LEVELS[level] * low.step() >> 12) level++;
        int code = lowCode(level, difference < 0);
        low.adapt(LOW_LOG[code >> 2], low.step() * LOW_4[code >> 2] >> 15);
        return code;
    }

    /** Tables ILN and ILP: the greater the magnitude the smaller the code, and two of the lowest levels have codes out of the row. */
    private static int lowCode(int level, boolean negative) {
        if (!negative) return 62 - level;
        return level < 3 ? 64 - level : 34 - level;
    }

    private int encodeHigh(int sample) {
        int difference = G722Band.saturated(sample - high.estimate());
        int magnitude = difference < 0 ? ~difference : difference;
        boolean large = magnitude >= HIGH_LEVEL * high.step() >> 12;
        int code = (difference < 0 ? 0 : 2) + (large ? 0 : 1);
        high.adapt(HIGH_LOG[code], high.step() * HIGH_2[code] >> 15);
        return code;
    }

    /** Decodes a byte to two samples. */
    void decode(byte code, short[] target, int at) {
        int lowCode = code & 0x3F;
        int lowSample = limited(low.estimate() + (low.step() * LOW_6[lowCode] >> 15));
        low.adapt(LOW_LOG[lowCode >> 2], low.step() * LOW_4[lowCode >> 2] >> 15);
        int highCode = code >> 6 & 3;
        int difference = high.step() * HIGH_2[highCode] >> 15;
        int highSample = limited(high.estimate() + difference);
        high.adapt(HIGH_LOG[highCode], difference);
        int newest = put(lowSample + highSample, lowSample - highSample);
        int first = 0;
        int second = 0;
        for (int tap = 0; tap < FILTER.length; tap++) {
            second += line[newest + 2 * tap] * FILTER[tap];
            first += line[newest + 2 * tap + 1] * FILTER[FILTER.length - 1 - tap];
        }
        target[at] = (short) G722Band.saturated(first >> 11);
        target[at + 1] = (short) G722Band.saturated(second >> 11);
    }

    /** Both bands have 15 bits. */
    private static int limited(int sample) {
        return Math.max(-16_384, Math.min(16_383, sample));
    }

    /** Puts two values on the line and says where the filter's {@link #TAPS} begin. */
    private int put(int first, int second) {
        if (next == LINE) {
            System.arraycopy(line, LINE - TAPS, line, 0, TAPS);
            next = TAPS;
        }
        line[next++] = first;
        line[next++] = second;
        return next - TAPS;
    }
}
