package dev.outdial.media.file;

/**
 * The four bytes that start a frame of MPEG audio layer III (ISO 11172-3 section 2.4.1.3 and 13818-3).
 *
 * @param version 1, 2, or 3 for the unofficial 2.5
 * @param frameByteLength this header included
 */
record MpegHeader(int version, int sampleRate, boolean mono, int frameByteLength) {
    private static final int[] KBITS_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] KBITS_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] RATES = {44100, 48000, 32000};

    /** What no header parses to. */
    static final MpegHeader NONE = new MpegHeader(0, 0, false, 0);

    /** The header in these bits, or {@link #NONE}. Free format (no bit rate given) is not one. */
    static MpegHeader parse(int bits) {
        int version = switch (bits >> 19 & 3) {
            case 3 -> 1;
            case 2 -> 2;
            case 0 -> 3;
            default -> 0;
        };
        int rateIndex = bits >> 10 & 3;
        int bitRateIndex = bits >> 12 & 15;
        boolean layer3 = (bits >> 17 & 3) == 1;
        if (bits >>> 21 != 0x7FF
                || version == 0
                || !layer3
                || rateIndex == 3
                || bitRateIndex == 0
                || bitRateIndex == 15) return NONE;
        int sampleRate = RATES[rateIndex] >> (version - 1);
        int kbits = (version == 1 ? KBITS_1 : KBITS_2)[bitRateIndex];
        int length = (version == 1 ? 144 : 72) * 1000 * kbits / sampleRate + (bits >> 9 & 1);
        return new MpegHeader(version, sampleRate, (bits >> 6 & 3) == 3, length);
    }

    boolean isNone() {
        return version == 0;
    }

    /** Whether a frame may follow this one in the same stream. */
    boolean continuesWith(MpegHeader next) {
        return version == next.version && sampleRate == next.sampleRate && mono == next.mono;
    }

    int samplesPerFrame() {
        return version == 1 ? 1152 : 576;
    }

    /** Where a Xing or Info tag stands: after the header and the side information. */
    int tagOffset() {
        if (version == 1) return mono ? 4 + 17 : 4 + 32;
        return mono ? 4 + 9 : 4 + 17;
    }
}
