package dev.outdial.server.cli;

import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.probe.ParkJitter;
import dev.outdial.server.bench.ApiBench;
import dev.outdial.server.bench.Bench;
import dev.outdial.server.bench.BenchReport;
import dev.outdial.server.bench.Machine;
import dev.outdial.server.bench.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outdial bench}: what the engine costs on this machine, held against its targets. */
@Command(
        name = "bench",
        description = "Measures on loopback what calls cost and how evenly their packets leave, against targets;"
                + " minutes long. The machine should have nothing else to do.",
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:all targets were met",
            "13:some were not",
            "14:Ctrl-C or SIGTERM; the runs that were finished are reported",
            "64:wrong usage",
            "70:a run broke off; those that were finished are reported"
        })
final class BenchCommand implements Callable<Integer> {
    private static final Duration JITTER = Duration.ofSeconds(5);
    private static final Duration QUICK_JITTER = Duration.ofSeconds(1);
    private static final Duration STEADY = Duration.ofSeconds(30);
    private static final Duration QUICK_STEADY = Duration.ofSeconds(10);
    /** By then the compiler has seen what it needs to. */
    private static final Duration SETTLE = Duration.ofSeconds(10);

    /** A server has more for the compiler to see. */
    private static final Duration API_WARM_UP = Duration.ofSeconds(30);

    private static final Duration QUICK_SETTLE = Duration.ofSeconds(5);
    private static final int RUNS = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--quick",
            description = "one run of 10s each after 5s of settling, to see whether something is badly wrong")
    private boolean quick;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "runs of each scenario, of which the best counts (default: 3)")
    private @Nullable Integer runs;

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            description = "how long all calls of a run are up and measured, after 10s of settling (default: 30s)")
    private @Nullable Duration seconds;

    @Option(names = "--scenario", paramLabel = "NAME", description = "only this one; repeatable (default: all)")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--api",
            description =
                    "in place of the scenarios: how long 'outdial serve' takes to accept a call, at 100 requests a"
                            + " second while 100 calls are up; not with --json, --runs or --scenario")
    private boolean api;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            description = "with --api: how long it is asked before it is measured (default: 30s)")
    private @Nullable Duration warmUp;

    @Option(names = "--json", description = "one JSON object on standard output, everything else on standard error")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (api) {
            return benchApi();
        }
        if (warmUp != null) {
            throw new UsageException("--warm-up is for --api");
        }
        List<Scenario> scenarios = scenarios();
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        var output = new Output(command, json);
        Bench bench = bench(output);
        try (var interruption = new Interruption()) {
            Machine machine = Machine.here();
            ParkJitter jitter = ParkJitter.measure(quick ? QUICK_JITTER : JITTER);
            BenchReport.preface(machine, jitter).forEach(output::line);
            output.line("");
            interruption.ending(bench::end);
            Bench.Outcome outcome = bench.run(scenarios);
            var report = new BenchReport(machine, jitter, outcome.trouble().isEmpty(), outcome.results());
            output.line("");
            report.lines().forEach(output::line);
            output.result(report, () -> {});
            if (outcome.trouble().isPresent() && !interruption.requested()) {
                command.getErr()
                        .println(
                                "outdial: a run broke off: " + outcome.trouble().get());
                return OutdialCommand.FAULT;
            }
            return interruption.exitStatus(report.allMet() ? 0 : OutcomeKind.FAILED.exitStatus());
        }
    }

    private int benchApi() throws InterruptedException {
        if (json || runs != null || !names.isEmpty()) {
            throw new UsageException("--api: not with --json, --runs or --scenario");
        }
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        var output = new Output(command, false);
        Duration time = steady();
        if (time.toSeconds() < 1) {
            throw new UsageException("--seconds: a second or more is expected");
        }
        Duration warming = Objects.requireNonNullElse(warmUp, API_WARM_UP);
        if (warming.toSeconds() < 1) {
            throw new UsageException("--warm-up: a second or more is expected");
        }
        var bench = new ApiBench(warming, time, output::progress);
        try (var interruption = new Interruption()) {
            interruption.ending(bench::end);
            ApiBench.Findings findings = bench.run();
            ApiBench.Result result = findings.result();
            output.line(result.line());
            output.line(findings.disk().line());
            output.line(result.machineLine());
            return interruption.exitStatus(result.met() ? 0 : OutcomeKind.FAILED.exitStatus());
        } catch (IOException brokenOff) {
            command.getErr().println("outdial: the run broke off: " + brokenOff.getMessage());
            return OutdialCommand.FAULT;
        }
    }

    private Duration steady() {
        return Objects.requireNonNullElse(seconds, quick ? QUICK_STEADY : STEADY);
    }

    private Bench bench(Output output) {
        Duration steady = steady();
        if (!steady.isPositive()) {
            throw new UsageException("--seconds: a time above zero is expected");
        }
        int times = Objects.requireNonNullElse(runs, quick ? 1 : RUNS);
        if (times < 1) {
            throw new UsageException("--runs: " + times + " is less than one");
        }
        return new Bench(quick ? QUICK_SETTLE : SETTLE, steady, times, output::progress);
    }

    private List<Scenario> scenarios() {
        List<String> known = Scenario.all().stream().map(Scenario::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new UsageException("--scenario: '" + name + "' is none of "
                        + known.stream().collect(Collectors.joining(", ")));
            }
        }
        return Scenario.all().stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
    }
}
