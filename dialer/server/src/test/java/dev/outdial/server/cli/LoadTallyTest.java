package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.SendLateness;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LoadTallyTest {
    private static final SendLateness LATENESS = new SendLateness(
            1000, Duration.ofNanos(123_456), Duration.ofMillis(2), Duration.ofMillis(3), Duration.ofNanos(4_000_600));

    private final LoadTally tally = new LoadTally(9);

    @Test
    void answeredAndFailedAddUpToTheCallsThatWerePlaced() {
        count(ended(OutcomeKind.COMPLETED, 200));
        count(ended(OutcomeKind.BUSY, 486));
        count(ended(OutcomeKind.BUSY, 600));
        count(ended(OutcomeKind.BUSY, 486));
        count(new CallOutcome(
                OutcomeKind.CANCELED,
                OptionalInt.empty(),
                OptionalInt.empty(),
                EndedBy.LOCAL,
                Phase.NONE,
                false,
                "",
                0,
                0));
        tally.countLost("interrupted");

        LoadReport report = tally.report(LATENESS, Optional.empty(), Optional.empty());

        assertThat(report.asked()).isEqualTo(9);
        assertThat(report.calls()).isEqualTo(6);
        assertThat(report.answered()).isEqualTo(1);
        assertThat(report.failed()).isEqualTo(5);
        assertThat(report.causes()).isEqualTo(Map.of("busy 486", 2, "busy 600", 1, "canceled", 1, "interrupted", 1));
    }

    @Test
    void latenessIsToldInMillisecondsToTheMicrosecond() {
        assertThat(tally.report(LATENESS, Optional.empty(), Optional.empty()).lateness())
                .isEqualTo(new LoadReport.Lateness(1000, 0.123, 2.0, 3.0, 4.001));
    }

    @Test
    void aLoadThatWasCutShortSaysSo() {
        count(ended(OutcomeKind.COMPLETED, 200));

        assertThat(tally.report(LATENESS, Optional.empty(), Optional.empty()).lines())
                .first()
                .isEqualTo("cut short: 1 of 9 calls placed: 1 answered, 0 failed {}");
    }

    @Test
    void packetsAndKeysAreThoseOfAllCallsTogether() {
        tally.count(ended(OutcomeKind.COMPLETED, 200), rtp(100, 90, 2, 1), "12");
        tally.count(ended(OutcomeKind.COMPLETED, 200), rtp(50, 40, 1, 2), "#");

        LoadReport report = tally.report(LATENESS, Optional.empty(), Optional.empty());

        assertThat(report.rtp()).isEqualTo(new LoadReport.Rtp(150, 130, 3, 3));
        assertThat(report.keysHeard()).isEqualTo(3);
    }

    private static CallResult.RtpReport rtp(long sent, long received, long lost, long lateTicks) {
        return new CallResult.RtpReport(sent, received, lost, 0.1, lateTicks, 0, 0, 0, 0, 0, null, null, null);
    }

    private void count(CallOutcome outcome) {
        tally.count(outcome, rtp(0, 0, 0, 0), "");
    }

    private static CallOutcome ended(OutcomeKind kind, int status) {
        return new CallOutcome(
                kind, OptionalInt.of(status), OptionalInt.empty(), EndedBy.REMOTE, Phase.SENT, false, "", 0, 0);
    }
}
