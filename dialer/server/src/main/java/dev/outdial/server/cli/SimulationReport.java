package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.outdial.dialer.flow.simulate.CallerLine;
import dev.outdial.dialer.flow.simulate.Coverage;
import dev.outdial.dialer.flow.simulate.FlowSimulation;
import dev.outdial.dialer.flow.simulate.TranscriptEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What simulations came to, for programs.
 *
 * @param callers one for each caller of the script
 * @param coverage what of the flow all of them reached
 */
record SimulationReport(List<CallerReport> callers, CoverageReport coverage) {
    private static final ObjectMapper JSON = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    private static final JavaType FIELDS =
            JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class);

    /** One run. */
    record CallerReport(
            String caller,
            String end,
            String why,
            long durationMillis,
            List<EntryReport> transcript,
            Map<String, String> variables,
            List<String> unused,
            List<PlacedReport> placed) {}

    /** Something that took place; {@code details} are its own fields. */
    record EntryReport(long atMillis, String event, String sentence, Map<String, Object> details) {}

    /** A call that the flow placed. */
    record PlacedReport(String stepId, long atMillis, String target, CallerReport run) {}

    /** What was reached. */
    record CoverageReport(int percent, Coverage.Share steps, Coverage.Share ways, List<Coverage.Missing> missing) {}

    static SimulationReport of(List<FlowSimulation> runs, Coverage coverage) {
        return new SimulationReport(
                runs.stream().map(SimulationReport::of).toList(),
                new CoverageReport(coverage.percent(), coverage.steps(), coverage.ways(), coverage.missing()));
    }

    private static CallerReport of(FlowSimulation run) {
        return new CallerReport(
                run.caller(),
                run.end().name().toLowerCase(Locale.ROOT),
                run.why(),
                run.duration().toMillis(),
                run.transcript().stream().map(SimulationReport::of).toList(),
                new TreeMap<>(run.variables().values()),
                run.unused().stream().map(CallerLine.Deed::words).toList(),
                run.placed().stream()
                        .map(placed -> new PlacedReport(
                                placed.stepId(), placed.at().toMillis(), placed.target(), of(placed.run())))
                        .toList());
    }

    private static EntryReport of(TranscriptEntry entry) {
        return new EntryReport(
                entry.at().toMillis(),
                entry.event().getClass().getSimpleName(),
                entry.event().sentence().strip(),
                JSON.convertValue(entry.event(), FIELDS));
    }

    /** The same for people. */
    static List<String> lines(List<FlowSimulation> runs, Coverage coverage) {
        var lines = new ArrayList<String>();
        for (FlowSimulation run : runs) {
            if (!run.caller().isEmpty()) lines.add("caller " + run.caller());
            add(lines, run, "");
            lines.add("");
        }
        lines.add(String.format(
                Locale.ROOT,
                "reached    %d %%: %d of %d steps, %d of %d ways on",
                coverage.percent(),
                coverage.steps().reached(),
                coverage.steps().all(),
                coverage.ways().reached(),
                coverage.ways().all()));
        coverage.missing().forEach(missing -> lines.add("missing    " + missing));
        return lines;
    }

    private static void add(List<String> lines, FlowSimulation run, String indent) {
        run.transcript().forEach(entry -> lines.add(indent + entry));
        run.unused().forEach(deed -> lines.add(indent + "   never  " + deed.words()));
        for (FlowSimulation.Placed placed : run.placed()) {
            lines.add(indent + "    call to " + placed.target() + ", placed by " + placed.stepId() + " at "
                    + placed.at().toMillis() / 1000.0);
            add(lines, placed.run(), indent + "    ");
        }
    }
}
