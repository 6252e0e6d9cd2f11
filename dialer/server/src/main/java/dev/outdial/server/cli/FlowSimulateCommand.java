package dev.outdial.server.cli;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.simulate.CallerScript;
import dev.outdial.dialer.flow.simulate.Coverage;
import dev.outdial.dialer.flow.simulate.FlowSimulation;
import dev.outdial.dialer.flow.simulate.FlowSimulator;
import dev.outdial.dialer.flow.simulate.ScriptException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outdial flow simulate}: a flow against scripted callers, without a call. */
@Command(
        name = "simulate",
        description =
                "Runs a flow without a call, with scripted callers, in no time; says what would be heard and what was never reached.",
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:every run came to an end of its own, and enough was reached",
            " 1:a run failed or went on for too long, less was reached than --coverage wants, or a file cannot be read",
            "64:wrong usage"
        })
final class FlowSimulateCommand implements Callable<Integer> {
    private static final int WRONG = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the flow as JSON")
    private Path file = Path.of("");

    @Option(
            names = "--script",
            paramLabel = "SCRIPT",
            description = "what callers do, a line each (default: somebody who answers and says nothing)")
    private @Nullable Path script;

    @Option(names = "--json", description = "one JSON object on standard output")
    private boolean json;

    @Option(
            names = "--coverage",
            paramLabel = "PERCENT",
            description = "how much of the flow's steps and ways must be reached, 0 to 100 (default: 0)")
    private int wanted;

    @Override
    public Integer call() {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), json);
        if (wanted < 0 || wanted > 100) throw new UsageException("--coverage: " + wanted + " is not 0 to 100");
        try {
            Flow flow = FlowFiles.flow(file);
            List<CallerScript> callers = callers();
            List<FlowSimulation> runs =
                    FlowSimulator.of(flow).flows(others(callers)::apply).runAll(callers);
            Coverage coverage = Coverage.of(flow, runs);
            output.result(
                    SimulationReport.of(runs, coverage),
                    () -> SimulationReport.lines(runs, coverage).forEach(output::line));
            return runs.stream().allMatch(FlowSimulateCommand::endedWell) && coverage.percent() >= wanted ? 0 : WRONG;
        } catch (FlowFiles.Unreadable trouble) {
            output.note("outdial: " + trouble.getMessage() + System.lineSeparator());
            return WRONG;
        }
    }

    private List<CallerScript> callers() throws FlowFiles.Unreadable {
        if (script == null) return List.of(CallerScript.SILENT);
        try {
            return CallerScript.readAll(FlowFiles.text(script));
        } catch (ScriptException wrong) {
            throw new FlowFiles.Unreadable(script + ": " + wrong.getMessage());
        }
    }

    /** A flow of its own for each file that the script names, all read beforehand. */
    private record Others(Map<String, Flow> flows) {
        Optional<Flow> apply(String name) {
            return Optional.ofNullable(flows.get(name));
        }
    }

    private Others others(List<CallerScript> callers) throws FlowFiles.Unreadable {
        var flows = new HashMap<String, Flow>();
        var left = new ArrayList<>(callers);
        while (!left.isEmpty()) {
            CallerScript caller = left.removeLast();
            left.addAll(caller.callees().values());
            for (String name : caller.files()) {
                if (!flows.containsKey(name)) flows.put(name, FlowFiles.flow(beside(name)));
            }
        }
        return new Others(flows);
    }

    private Path beside(String name) throws FlowFiles.Unreadable {
        try {
            return Objects.requireNonNull(script).resolveSibling(name);
        } catch (InvalidPathException wrong) {
            throw new FlowFiles.Unreadable(script + ": " + name + " cannot be the name of a file");
        }
    }

    private static boolean endedWell(FlowSimulation run) {
        boolean well = run.end() != FlowEnd.FAILED && run.end() != FlowEnd.LIMIT;
        return well && run.placed().stream().allMatch(placed -> endedWell(placed.run()));
    }
}
