package dev.outdial.server.cli;

import dev.outdial.dialer.SendLateness;
import dev.outdial.dialer.outcome.CallOutcome;
import java.util.Map;
import java.util.TreeMap;

/** Counts how the calls of a load ended. Thread-safe. */
final class LoadTally {
    private final int calls;
    private final Map<String, Integer> causes = new TreeMap<>();
    private int answered;
    private int failed;

    LoadTally(int calls) {
        this.calls = calls;
    }

    synchronized void count(CallOutcome outcome) {
        switch (outcome.kind()) {
            case COMPLETED -> answered++;
            case BUSY, NO_ANSWER, REJECTED, FAILED, CANCELED, REFUSED, UNKNOWN -> {
                failed++;
                String code =
                        outcome.sipCode().isPresent() ? " " + outcome.sipCode().getAsInt() : "";
                causes.merge(outcome.kind().word() + code, 1, Integer::sum);
            }
        }
    }

    synchronized LoadReport report(SendLateness lateness) {
        return new LoadReport(calls, answered, failed, new TreeMap<>(causes), LoadReport.Lateness.of(lateness));
    }
}
