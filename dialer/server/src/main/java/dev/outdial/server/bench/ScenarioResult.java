package dev.outdial.server.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a scenario came to.
 *
 * @param scenario its name
 * @param onOneCore whether the load was really held to one core
 * @param best of the runs the one that met most targets, of several such the one that kept time best
 * @param verdicts on that one
 * @param runs all of them in order
 */
public record ScenarioResult(
        String scenario, boolean onOneCore, Figures best, List<Target.Verdict> verdicts, List<Figures> runs) {
    /** Copies the lists. */
    public ScenarioResult {
        verdicts = List.copyOf(verdicts);
        runs = List.copyOf(runs);
    }

    static ScenarioResult of(Scenario scenario, boolean onOneCore, List<Figures> runs) {
        Figures best = runs.stream()
                .max(Comparator.comparingLong((Figures run) -> met(scenario.judge(run)))
                        .thenComparing(
                                Comparator.comparingDouble(Figures::p999Millis).reversed()))
                .orElseThrow();
        return new ScenarioResult(scenario.name(), onOneCore, best, scenario.judge(best), runs);
    }

    private static long met(List<Target.Verdict> verdicts) {
        return verdicts.stream().filter(Target.Verdict::met).count();
    }

    /** Whether every target was met. */
    public boolean allMet() {
        return met(verdicts) == verdicts.size();
    }

    static List<String> head() {
        return List.of(
                "| scenario | CPU % per 100 calls | interval error p50 / p99 / p99.9 ms | of these not judged % | longest interval ms"
                        + " | packet times missed | lost out / in | keys heard / pressed | Java threads | RSS MB | targets met |",
                "|---|---|---|---|---|---|---|---|---|---|---|");
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s%s | %.2f | %.2f / %.2f / %.2f | %.2f | %.1f | %.0f | %.0f / %.0f | %.0f / %.0f | %.0f | %.0f | %d of %d |",
                scenario,
                onOneCore ? ", one core" : "",
                best.cpuPercentPer100Calls(),
                best.p50Millis(),
                best.p99Millis(),
                best.p999Millis(),
                best.unsurePercent(),
                best.longestIntervalMillis(),
                best.lateTicks(),
                best.lostOut(),
                best.lostIn(),
                best.keysHeard(),
                best.keysPressed(),
                best.javaThreads(),
                best.rssMegabytes(),
                met(verdicts),
                verdicts.size());
    }
}
