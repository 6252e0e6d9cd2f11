package dev.outdial.media.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.quality.Reception.Concealment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EModelTest {
    private static Reception reception(double loss, double delayMillis, double jitterMillis, Concealment concealment) {
        return new Reception(1000, loss, 1, delayMillis, jitterMillis, concealment);
    }

    /** G.107 annex B, table B.1: the limits between satisfied and dissatisfied users. */
    @ParameterizedTest
    @CsvSource({"90, 4.34", "80, 4.03", "70, 3.60", "60, 3.10", "50, 2.58", "0, 1", "-20, 1", "100, 4.5", "130, 4.5"})
    void aRatingIsTheScoreOfTheStandard(double rating, double score) {
        // The table cuts off, so that 80 is 4.03 there and 4.024 by its formula.
        assertThat(EModel.score(rating)).isCloseTo(score, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({
        // Nothing wrong; G.107's own default is 93.2, a score of 4.41.
        "0, 0, 0, NONE, 93.2",
        "0, 0, 0, REPETITION, 93.2",
        // One per cent of loss takes 95 / 5.3, or with concealment 95 / 26.1.
        "0.01, 0, 0, NONE, 75.3",
        "0.01, 0, 0, REPETITION, 89.6",
        "0.05, 0, 0, REPETITION, 77.4",
        "0.10, 0, 0, NONE, 26.8",
        // G.114: up to 150 ms almost nothing, at 400 ms a third of the rating.
        "0, 150, 0, NONE, 89.6",
        "0, 400, 0, NONE, 59.1",
        "0, 100, 25, NONE, 89.6",
        "0.02, 200, 0, REPETITION, 78.9",
    })
    void delayAndLossTakeFromTheRating(
            double loss, double delay, double jitter, Concealment concealment, double rating) {
        assertThat(EModel.rating(reception(loss, delay, jitter, concealment))).isCloseTo(rating, within(0.1));
    }

    @Test
    void aPerfectCallScores441() {
        assertThat(EModel.score(reception(0, 0, 0, Concealment.REPETITION)).orElseThrow())
                .isCloseTo(4.41, within(0.005));
    }

    @Test
    void whereNothingWasReceivedTheScoreIsUnknown() {
        assertThat(EModel.score(new Reception(0, 1, 1, 0, 0, Concealment.NONE))).isEmpty();
    }

    @Test
    void theWorstThatCanBeHeardScoresOne() {
        assertThat(EModel.score(reception(1, 10_000, 1000, Concealment.NONE))).hasValue(1);
    }

    @Test
    void theScoreNeverRisesWithLossDelayOrJitter() {
        for (double delay = 0; delay < 1000; delay += 50) {
            double last = 5;
            for (double loss = 0; loss <= 1; loss += 0.01) {
                double score = EModel.score(reception(loss, delay, 20, Concealment.NONE))
                        .orElseThrow();
                assertThat(score).isBetween(1.0, Math.min(4.5, last));
                assertThat(EModel.score(reception(loss, delay + 10, 20, Concealment.NONE))
                                .orElseThrow())
                        .isLessThanOrEqualTo(score);
                assertThat(EModel.score(reception(loss, delay, 25, Concealment.NONE))
                                .orElseThrow())
                        .isLessThanOrEqualTo(score);
                last = score;
            }
        }
    }

    @Test
    void burstsAreWorseThanTheSameLossByChance() {
        // 100 of 1000 in runs of 5; by chance a run has 1.11.
        assertThat(EModel.burstRatio(100, 20, 1000)).isCloseTo(4.5, within(0.001));
        assertThat(EModel.burstRatio(100, 100, 1000)).isEqualTo(1);
        assertThat(EModel.burstRatio(0, 0, 1000)).isEqualTo(1);
        assertThat(EModel.burstRatio(10, 1, 10)).isEqualTo(1);
        assertThat(EModel.lossImpairment(10, 4.5, 4.3)).isGreaterThan(EModel.lossImpairment(10, 1, 4.3));
    }

    @Test
    void numbersThatCannotBeAreRefused() {
        assertThatThrownBy(() -> reception(1.1, 0, 0, Concealment.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loss of 1.1");
        assertThatThrownBy(() -> reception(Double.NaN, 0, 0, Concealment.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reception(0, -1, 0, Concealment.NONE)).isInstanceOf(IllegalArgumentException.class);
    }
}
