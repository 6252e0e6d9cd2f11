package dev.outdial.server.bench;

import dev.outdial.dialer.probe.ParkJitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a bench came to: the JSON object of {@code outdial bench --json}.
 *
 * @param machine what it ran on
 * @param parkJitter how well that machine sleeps, measured before the scenarios
 * @param complete whether every scenario ran as often as was wanted
 * @param scenarios those that ran, in order
 */
public record BenchReport(Machine machine, ParkJitter parkJitter, boolean complete, List<ScenarioResult> scenarios) {
    /** Copies the list. */
    public BenchReport {
        scenarios = List.copyOf(scenarios);
    }

    /** What is known before anything ran. */
    public static List<String> preface(Machine machine, ParkJitter jitter) {
        return List.of(
                machine.processor() + ", " + machine.cores() + " cores; " + machine.system() + "; " + machine.java(),
                String.format(
                        Locale.ROOT,
                        "a sleep of 1 ms took longer by: p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, max %.3f ms (%d sleeps)",
                        jitter.p50Millis(),
                        jitter.p99Millis(),
                        jitter.p999Millis(),
                        jitter.maxMillis(),
                        jitter.parks()));
    }

    /** The table, in Markdown, and each target with its verdict. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(ScenarioResult.head());
        scenarios.forEach(result -> lines.add(result.row()));
        for (ScenarioResult result : scenarios) {
            lines.add("");
            lines.add(result.scenario() + ", best of " + result.runs().size() + ":");
            result.verdicts().forEach(verdict -> lines.add("  " + verdict.line()));
        }
        if (!complete) {
            lines.add("");
            lines.add("Cut short: not every scenario was run, or not as often as was wanted.");
        }
        return lines;
    }

    /** Whether everything was run and every target met. */
    public boolean allMet() {
        return complete && scenarios.stream().allMatch(ScenarioResult::allMet);
    }
}
