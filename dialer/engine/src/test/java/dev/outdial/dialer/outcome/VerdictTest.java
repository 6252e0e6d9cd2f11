package dev.outdial.dialer.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    @ParameterizedTest
    @CsvSource({
        "486, false, BUSY, 17, true",
        "600, false, BUSY, 17, true",
        "480, false, NO_ANSWER, 19, true",
        "408, true, NO_ANSWER, 19, true",
        "408, false, FAILED, 102, true",
        "403, false, REJECTED, 21, false",
        "603, true, REJECTED, 21, false",
        "607, true, REJECTED, 21, false",
        "608, true, REJECTED, 21, false",
        "404, false, FAILED, 1, false",
        "410, false, FAILED, 22, false",
        "484, false, FAILED, 28, false",
        "488, false, FAILED, 88, false",
        "502, false, FAILED, 38, false",
        "503, false, FAILED, 41, true",
        "504, false, FAILED, 102, true",
        "302, false, FAILED, 41, false",
        "499, false, FAILED, 41, false",
        "699, false, REJECTED, 21, false"
    })
    void aFinalResponseHasOneMeaning(int status, boolean hasRung, OutcomeKind kind, int cause, boolean retryable) {
        assertThat(Verdict.of(status, OptionalInt.empty(), hasRung))
                .isEqualTo(new Verdict(kind, OptionalInt.of(cause), retryable));
    }

    @Test
    void theReasonHeaderKnowsBetterThanTheStatus() {
        assertThat(Verdict.of(503, OptionalInt.of(17), false).kind()).isEqualTo(OutcomeKind.BUSY);
        assertThat(Verdict.of(480, OptionalInt.of(21), true).kind()).isEqualTo(OutcomeKind.REJECTED);
        assertThat(Verdict.of(500, OptionalInt.of(18), true).kind()).isEqualTo(OutcomeKind.NO_ANSWER);
    }

    @Test
    void aReasonThatSaysNothingOfTheCalleeLeavesTheStatusItsMeaning() {
        assertThat(Verdict.of(486, OptionalInt.of(34), false))
                .isEqualTo(new Verdict(OutcomeKind.BUSY, OptionalInt.of(34), true));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 399, 400, 499, 500, 599, 600, 699})
    void everyStatusHasACauseInTheRangeOfQ850(int status) {
        assertThat(Verdict.of(status, OptionalInt.empty(), false).cause().orElseThrow())
                .isBetween(1, 127);
    }
}
