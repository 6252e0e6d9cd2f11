package dev.outdial.server.cli;

import dev.outdial.dialer.probe.ProbeReport;
import dev.outdial.dialer.probe.ProbeStep;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object of {@code outdial doctor --json}.
 *
 * @param allWell whether nothing failed
 * @param steps what was looked at, in order
 */
record DoctorReport(boolean allWell, List<Step> steps) {
    /**
     * One thing that was looked at.
     *
     * @param result ok, failed or skipped
     * @param advice what to do; null where there is nothing
     */
    record Step(
            String name,
            String result,
            String seen,
            @Nullable String advice) {
        static Step of(ProbeStep step) {
            return new Step(
                    step.name(),
                    step.result().name().toLowerCase(Locale.ROOT),
                    step.seen(),
                    step.advice().orElse(null));
        }
    }

    static DoctorReport of(ProbeReport report) {
        return new DoctorReport(
                report.allWell(), report.steps().stream().map(Step::of).toList());
    }
}
