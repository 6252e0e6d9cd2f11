package dev.outdial.server.calls.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.LocalReason;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How ends are called. */
class EndWordsTest {
    private static Change.Over over(OutcomeKind kind, int sipCode, int q850, EndedBy by, Phase phase, String asked) {
        return EndWords.over(outcome(kind, sipCode, q850, by, phase, "so it ended"), CallStatistics.NONE, false, asked);
    }

    private static CallOutcome outcome(
            OutcomeKind kind, int sipCode, int q850, EndedBy by, Phase phase, String reason) {
        return new CallOutcome(
                kind,
                sipCode == 0 ? OptionalInt.empty() : OptionalInt.of(sipCode),
                q850 == 0 ? OptionalInt.empty() : OptionalInt.of(q850),
                by,
                phase,
                false,
                reason,
                0,
                0);
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, 486, 17, 17, USER_BUSY, busy",
        "BUSY, 600, 0, 17, USER_BUSY, busy",
        "NO_ANSWER, 480, 18, 19, NO_ANSWER, noanswer",
        "REJECTED, 603, 21, 21, CALL_REJECTED, noanswer",
        "FAILED, 403, 21, 21, CALL_REJECTED, failed",
        "FAILED, 404, 1, 1, UNALLOCATED_NUMBER, failed",
        "FAILED, 408, 102, 102, RECOVERY_ON_TIMER_EXPIRE, failed",
        "FAILED, 503, 41, 41, NORMAL_TEMPORARY_FAILURE, failed",
        "FAILED, 503, 34, 34, NORMAL_CIRCUIT_CONGESTION, failed",
        "FAILED, 488, 0, 88, INCOMPATIBLE_DESTINATION, failed"
    })
    void whatTheFarEndSaysHasTheNamesOfTheTable(
            OutcomeKind kind, int sipCode, int said, int q850, String cause, String reason) {
        Change.Over over = over(kind, sipCode, said, EndedBy.REMOTE, Phase.RINGING, "");

        assertThat(over.q850()).isEqualTo(q850);
        assertThat(over.cause()).isEqualTo(cause);
        assertThat(over.hangupReason()).isEqualTo(reason);
        assertThat(over.hangupBy()).isEqualTo("remote");
    }

    @Test
    void whoRingsTooLongWasDialledOut() {
        Change.Over over = over(OutcomeKind.NO_ANSWER, 487, 19, EndedBy.LOCAL, Phase.RINGING, "");

        assertThat(over.timedOut()).isTrue();
        assertThat(over.hangupReason()).isEqualTo("dialout");
    }

    @Test
    void whoLosesAGroupEndsAsUsual() {
        Change.Over ringing = over(OutcomeKind.CANCELED, 487, 26, EndedBy.LOCAL, Phase.RINGING, Hangups.ELSEWHERE);
        assertThat(ringing.q850()).isEqualTo(26);
        assertThat(ringing.cause()).isEqualTo("ANSWERED_ELSEWHERE");
        assertThat(ringing.hangupReason()).isEqualTo("normal");
        assertThat(over(OutcomeKind.CANCELED, 0, 0, EndedBy.LOCAL, Phase.RINGING, Hangups.ELSEWHERE)
                        .hangupReason())
                .isEqualTo("cancel");
        Change.Over answered = over(OutcomeKind.COMPLETED, 200, 26, EndedBy.LOCAL, Phase.MEDIA, Hangups.ELSEWHERE);
        assertThat(answered.cause()).isEqualTo("ANSWERED_ELSEWHERE");
        assertThat(answered.hangupReason()).isEqualTo("normal");
    }

    @Test
    void whatWeAskedForIsTheReason() {
        assertThat(over(OutcomeKind.CANCELED, 487, 0, EndedBy.LOCAL, Phase.RINGING, "normal")
                        .hangupReason())
                .isEqualTo("cancel");
        // A 200 that crosses our CANCEL.
        assertThat(over(OutcomeKind.CANCELED, 200, 0, EndedBy.LOCAL, Phase.ANSWERED, "normal")
                        .hangupReason())
                .isEqualTo("cancel");
        assertThat(over(OutcomeKind.COMPLETED, 200, 16, EndedBy.LOCAL, Phase.MEDIA, "amd")
                        .hangupReason())
                .isEqualTo("amd");
        assertThat(over(OutcomeKind.COMPLETED, 200, 16, EndedBy.REMOTE, Phase.MEDIA, "amd")
                        .hangupReason())
                .isEqualTo("normal");
    }

    @Test
    void aCallThatLastedAsLongAsItMayIsToldSoWhateverTheSentenceSays() {
        var outcome = new CallOutcome(
                OutcomeKind.COMPLETED,
                OptionalInt.of(200),
                OptionalInt.of(16),
                EndedBy.LOCAL,
                Phase.MEDIA,
                false,
                "so it ended",
                0,
                0);
        assertThat(EndWords.over(outcome.endedFor(LocalReason.MAX_DURATION), CallStatistics.NONE, false, "")
                        .hangupReason())
                .isEqualTo("timeout");
        assertThat(EndWords.over(
                                outcome.endedFor(LocalReason.HANG_UP).because("maximum duration"),
                                CallStatistics.NONE,
                                false,
                                "")
                        .hangupReason())
                .isEqualTo("normal");
    }

    @Test
    void aFlowThatTalksWithAMachineSaysSo() {
        CallOutcome outcome =
                outcome(OutcomeKind.COMPLETED, 200, 16, EndedBy.LOCAL, Phase.MEDIA, "we hung up: machine");

        assertThat(EndWords.over(outcome, CallStatistics.NONE, false, "").hangupReason())
                .isEqualTo("amd");
    }

    /** A call to us that its flow declines, and does not answer. */
    @ParameterizedTest
    @CsvSource({"486, busy", "408, failed", "480, cancel"})
    void aFlowDeclinesForAReason(int sipCode, String reason) {
        CallOutcome outcome =
                outcome(OutcomeKind.CANCELED, sipCode, 0, EndedBy.LOCAL, Phase.RINGING, "we declined the call");

        assertThat(EndWords.over(outcome, CallStatistics.NONE, true, "").hangupReason())
                .isEqualTo(reason);
        assertThat(EndWords.over(outcome, CallStatistics.NONE, true, "cancel").hangupReason())
                .isEqualTo("cancel");
    }
}
