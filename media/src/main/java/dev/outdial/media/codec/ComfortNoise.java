package dev.outdial.media.codec;

/**
 * Noise as the far end describes it instead of sending it (RFC 3389): its level alone, without a spectrum. The same samples
 * after the same calls. <b>Threading:</b> one owner.
 */
public final class ComfortNoise {
    /** The quietest level that a packet can tell, in -dBov: nothing but rounding. */
    public static final int QUIETEST = 127;

    private static final double LOUDEST_SQUARE = 32768;
    /** Random numbers spread evenly over plus and minus one have this root mean square. */
    private static final double EVEN_SPREAD = Math.sqrt(1 / 3.0);

    private int state = 0x2545F491;
    private int level = -1;
    private int amplitude;

    /** Sets the level: the packet's byte, 0 to 127 for 0 to -127 dBov, a greater one counts as 127. */
    public void level(int negativeDbov) {
        if (negativeDbov == level) return;
        level = negativeDbov;
        double rms = LOUDEST_SQUARE * Math.pow(10, -Math.clamp(negativeDbov, 0, QUIETEST) / 20.0);
        // 0 dBov is the loudest square wave; evenly spread noise that loud does not fit into 16 bits.
        amplitude = (int) Math.min(Short.MAX_VALUE, Math.round(rms / EVEN_SPREAD));
    }

    /** The next sample. */
    public short next() {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (short) (((long) state * amplitude) >> 31);
    }

    /** The next samples, from this place on. */
    public void fill(short[] target, int at, int count) {
        for (int i = at; i < at + count; i++) target[i] = next();
    }
}
