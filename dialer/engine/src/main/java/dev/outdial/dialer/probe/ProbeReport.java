package dev.outdial.dialer.probe;

import dev.outdial.dialer.probe.ProbeStep.Result;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a probe found, step by step. An immutable value.
 *
 * @param steps in the order in which one leads to the next: where several failed, the first is to be seen to first
 */
public record ProbeReport(List<ProbeStep> steps) {
    public ProbeReport {
        steps = List.copyOf(steps);
    }

    /** Whether nothing failed; what was skipped does not count. */
    public boolean allWell() {
        return steps.stream().noneMatch(step -> step.result() == Result.FAILED);
    }

    /** The step of that name, where there is one. */
    public Optional<ProbeStep> step(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    /** These steps, and then those. */
    public ProbeReport and(ProbeReport further) {
        return new ProbeReport(
                Stream.concat(steps.stream(), further.steps().stream()).toList());
    }
}
