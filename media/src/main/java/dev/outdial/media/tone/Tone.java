package dev.outdial.media.tone;

/**
 * One or two sines that sound together.
 *
 * @param hertz1 frequency of the first, above 0 and below 4000
 * @param level1Dbm0 its level: a sine of full scale has {@value #FULL_SCALE_DBM0}
 * @param hertz2 frequency of the second
 * @param level2Dbm0 its level, negative infinity where there is no second
 */
public record Tone(double hertz1, double level1Dbm0, double hertz2, double level2Dbm0) {
    /** The level of a sine that just fits into the samples (ITU-T G.711 table 6 for A-law; mu-law's is 0.03 dB more). */
    public static final double FULL_SCALE_DBM0 = 3.14;

    public Tone {
        if (!(hertz1 > 0 && hertz1 < 4000 && hertz2 > 0 && hertz2 < 4000))
            throw new IllegalArgumentException("tone of " + hertz1 + " and " + hertz2 + " Hz, expected 0 to 4000");
        if (!(amplitude(level1Dbm0) + amplitude(level2Dbm0) <= 1))
            throw new IllegalArgumentException(
                    "tone of " + level1Dbm0 + " and " + level2Dbm0 + " dBm0, louder than the samples can be");
    }

    /** One sine. */
    public static Tone of(double hertz, double levelDbm0) {
        return new Tone(hertz, levelDbm0, hertz, Double.NEGATIVE_INFINITY);
    }

    /** Two sines, each of this level. */
    public static Tone pair(double hertz1, double hertz2, double levelDbm0) {
        return new Tone(hertz1, levelDbm0, hertz2, levelDbm0);
    }

    /** The first sine's amplitude, where 1 is full scale. */
    double amplitude1() {
        return amplitude(level1Dbm0);
    }

    /** The second sine's amplitude, where 1 is full scale. */
    double amplitude2() {
        return amplitude(level2Dbm0);
    }

    private static double amplitude(double levelDbm0) {
        return Math.pow(10, (levelDbm0 - FULL_SCALE_DBM0) / 20);
    }
}
