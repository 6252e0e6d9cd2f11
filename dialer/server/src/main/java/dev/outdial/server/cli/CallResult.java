package dev.outdial.server.cli;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says of a finished call: the JSON object of {@code --json}.
 *
 * @param outcome one of the words of {@link dev.outdial.dialer.outcome.OutcomeKind}
 * @param cause the Q.850 cause
 * @param callId empty where no call was placed
 * @param digits every key that the far end pressed, in order
 * @param amd who answered, null where that was not asked for or not found out
 */
record CallResult(
        String outcome,
        @Nullable Integer sipCode,
        @Nullable Integer cause,
        String endedBy,
        String phase,
        boolean answered,
        long ringMillis,
        long talkMillis,
        String digits,
        PlayedReport played,
        @Nullable String codec,
        boolean encrypted,
        RtpReport rtp,
        String callId,
        String reason,
        @Nullable AmdReport amd) {

    /**
     * What was played, all clips together.
     *
     * @param whole whether all that was asked for was sent to its end
     */
    record PlayedReport(long millis, boolean whole) {}

    /**
     * What went over the media wire.
     *
     * @param lateTicks packet times that were missed: no packet was sent in them, nor later for them
     * @param mos 1.0 to 4.5, null where nothing was received
     * @param remoteLost null where the far end sent no reports
     * @param roundTripMillis null where the far end sent no reports
     */
    record RtpReport(
            long sent,
            long received,
            long lost,
            double jitterMillis,
            long lateTicks,
            long longestGapMillis,
            long concealedMillis,
            long strangers,
            long rejected,
            long unreachable,
            @Nullable Double mos,
            @Nullable Long remoteLost,
            @Nullable Double roundTripMillis) {
        static RtpReport of(CallStatistics statistics) {
            return new RtpReport(
                    statistics.sent(),
                    statistics.received(),
                    statistics.lost(),
                    rounded(statistics.jitterMillis()),
                    statistics.lateTicks(),
                    statistics.longestGapMillis(),
                    statistics.concealedMillis(),
                    statistics.strangers(),
                    statistics.rejected(),
                    statistics.unreachable(),
                    statistics.mos().isPresent() ? rounded(statistics.mos().getAsDouble()) : null,
                    statistics.remoteLost().isPresent()
                            ? statistics.remoteLost().getAsLong()
                            : null,
                    statistics.roundTripMillis().isPresent()
                            ? rounded(statistics.roundTripMillis().getAsDouble())
                            : null);
        }

        private static double rounded(double value) {
            return Math.round(value * 1000) / 1000.0;
        }
    }

    static CallResult of(
            CallOutcome outcome, CallNotes notes, CallStatistics statistics, int clipsAskedFor, String callId) {
        return new CallResult(
                outcome.kind().word(),
                boxed(outcome.sipCode()),
                boxed(outcome.cause()),
                outcome.endedBy().word(),
                outcome.phase().word(),
                outcome.answered(),
                outcome.ringMillis(),
                outcome.talkMillis(),
                notes.digits(),
                new PlayedReport(notes.playedMillis(), notes.clipsPlayedWhole() == clipsAskedFor),
                notes.codec().orElse(null),
                notes.encrypted(),
                RtpReport.of(statistics),
                callId,
                outcome.reason(),
                notes.amd().orElse(null));
    }

    /** A call to us that nobody answered. */
    static CallResult unanswered(CallOutcome outcome, String callId) {
        return of(outcome, new CallNotes(line -> {}), CallStatistics.NONE, 0, callId);
    }

    /** A call that was to be placed when somebody pressed Ctrl-C. */
    static CallResult notPlaced() {
        return new CallResult(
                OutcomeKind.CANCELED.word(),
                null,
                null,
                EndedBy.LOCAL.word(),
                Phase.NONE.word(),
                false,
                0,
                0,
                "",
                new PlayedReport(0, false),
                null,
                false,
                RtpReport.of(CallStatistics.NONE),
                "",
                "interrupted before the call was placed",
                null);
    }

    private static @Nullable Integer boxed(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }
}
