package dev.outdial.media.quality;

import java.util.OptionalDouble;

/**
 * The E-model (ITU-T G.107) for G.711, with all that is not measured at its default: a rating R of 93.2 less what delay and loss
 * take from it, told as a mean opinion score. It judges the transport, not the sound: a silent or distorted far end scores as
 * well as a clear one. Pure.
 */
public final class EModel {
    /** The rating of a call that nothing is wrong with. */
    static final double BEST_RATING = 93.2;

    private static final double BEST_SCORE = 4.5;
    private static final double WORST_SCORE = 1;
    /** Beyond this the delay disturbs the talk as such. */
    private static final double DISTURBING_DELAY_MILLIS = 177.3;

    private EModel() {}

    /** The mean opinion score, 1.0 (bad) to 4.5 (as good as it gets); empty where nothing was received: unknown. */
    public static OptionalDouble score(Reception reception) {
        return reception.packets() == 0 ? OptionalDouble.empty() : OptionalDouble.of(score(rating(reception)));
    }

    /** The transmission rating factor R, which may be negative. */
    static double rating(Reception reception) {
        return BEST_RATING
                - delayImpairment(reception.delayMillis() + 2 * reception.jitterMillis())
                - lossImpairment(
                        100 * reception.lossShare(),
                        reception.burstRatio(),
                        reception.concealment().robustness());
    }

    /** Id: two straight lines, close to G.107's curve where nobody hears an echo. */
    static double delayImpairment(double delayMillis) {
        return 0.024 * delayMillis + 0.11 * Math.max(0, delayMillis - DISTURBING_DELAY_MILLIS);
    }

    /** Ie-eff of G.107, with an Ie of 0 for G.711. */
    static double lossImpairment(double lossPercent, double burstRatio, double robustness) {
        return lossPercent == 0 ? 0 : 95 * lossPercent / (lossPercent / burstRatio + robustness);
    }

    /** G.107 annex B; its cubic falls below 1 for ratings under 6.5. */
    static double score(double rating) {
        if (rating <= 0) return WORST_SCORE;
        if (rating >= 100) return BEST_SCORE;
        return Math.max(WORST_SCORE, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
    }

    /**
     * The burst ratio of observed loss: the mean length of its runs over the mean length that the same loss has by chance.
     *
     * @param lost packets lost
     * @param runs runs of packets lost one after another
     * @param expected packets lost and received
     * @return at least 1
     */
    public static double burstRatio(long lost, long runs, long expected) {
        if (lost <= 0 || runs <= 0 || lost >= expected) return 1;
        double chanceRun = 1 / (1 - (double) lost / expected);
        return Math.max(1, (double) lost / runs / chanceRun);
    }
}
