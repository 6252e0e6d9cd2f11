package dev.outdial.media.tone;

/**
 * Names a special information tone by the North American plan: the first tone is 913.8 or 985.2 Hz, the second 1370.6 or 1428.5 Hz,
 * each for 274 or 380 ms; the third is 1776.7 Hz for 380 ms.
 */
final class SitKinds {
    private static final double[] FIRST_HERTZ = {913.8, 985.2};
    private static final double[] SECOND_HERTZ = {1370.6, 1428.5};
    private static final double THIRD_HERTZ = 1776.7;
    /** Between 1776.7 and the 1800 of the rest of the world; 950 and 1400 are further from any of the others. */
    private static final double OFF = 0.008;

    private SitKinds() {}

    static SitKind of(Burst first, Burst second, Burst third) {
        int low1 = which(FIRST_HERTZ, first.hertz());
        int low2 = which(SECOND_HERTZ, second.hertz());
        if (low1 < 0 || low2 < 0 || Math.abs(third.hertz() - THIRD_HERTZ) > OFF * THIRD_HERTZ)
            return SitKind.UNSPECIFIED;
        // Low low, low high, high low, high high. Lengths go with them, but for carriers' variants of the same.
        return switch (2 * low1 + low2) {
            case 0 -> SitKind.INTERCEPT;
            case 1 -> SitKind.REORDER;
            case 2 -> SitKind.VACANT_CODE;
            default -> SitKind.NO_CIRCUIT;
        };
    }

    private static int which(double[] known, double hertz) {
        for (int i = 0; i < known.length; i++) if (Math.abs(known[i] - hertz) <= OFF * known[i]) return i;
        return -1;
    }
}
