package dev.outdial.server.cli;

import dev.outdial.dialer.SendLateness;
import dev.outdial.dialer.outcome.CallOutcome;
import java.util.Map;
import java.util.TreeMap;

/** Counts how the calls of a load ended. Thread-safe. */
final class LoadTally {
    private final int asked;
    private final Map<String, Integer> causes = new TreeMap<>();
    private int answered;
    private int failed;

    /** @param asked how many calls are to be placed */
    LoadTally(int asked) {
        this.asked = asked;
    }

    /** A call that was placed has ended. */
    synchronized void count(CallOutcome outcome) {
        switch (outcome.kind()) {
            case COMPLETED -> answered++;
            case BUSY, NO_ANSWER, REJECTED, FAILED, CANCELED, REFUSED, UNKNOWN -> {
                String code =
                        outcome.sipCode().isPresent() ? " " + outcome.sipCode().getAsInt() : "";
                countLost(outcome.kind().word() + code);
            }
        }
    }

    /** A call that was placed came to nothing. */
    synchronized void countLost(String cause) {
        failed++;
        causes.merge(cause, 1, Integer::sum);
    }

    synchronized LoadReport report(SendLateness lateness) {
        return new LoadReport(
                asked, answered + failed, answered, failed, new TreeMap<>(causes), LoadReport.Lateness.of(lateness));
    }
}
