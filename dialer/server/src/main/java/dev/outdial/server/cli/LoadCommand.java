package dev.outdial.server.cli;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outdial load}: many calls at a steady rate, and how late their packets left. */
@Command(
        name = "load",
        description = "Places many calls at a steady rate; says how they ended and how late their RTP left.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LoadCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TARGET", description = "+15551234567, 1000 or sip:user@host[:port][;transport=tcp]")
    private String target = "";

    @Option(names = "--calls", paramLabel = "N", required = true, description = "how many calls")
    private int calls;

    @Option(names = "--cps", paramLabel = "R", required = true, description = "how many of them a second")
    private double callsPerSecond;

    @Mixin
    private TrunkOptions way = new TrunkOptions();

    @Mixin
    private PlayOptions play = new PlayOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (calls < 1) {
            throw new UsageException("--calls: " + calls + " is less than one");
        }
        if (!(callsPerSecond > 0)) {
            throw new UsageException("--cps: " + callsPerSecond + " is not a positive rate");
        }
        var output = new Output(Objects.requireNonNull(spec).commandLine(), play.json());
        try (Dialer dialer = Dialer.start(way.dialer());
                var interruption = new Interruption(dialer::close)) {
            var script = new CallScript(Optional.empty(), play.load(dialer), "", Optional.empty(), play.hold());
            if (way.registers()) {
                dialer.awaitRegistered(TrunkOptions.NAME, Duration.ofSeconds(30));
            }
            var tally = new LoadTally(calls);
            placeAll(dialer, way.request(target), script, tally, interruption);
            LoadReport report = tally.report(dialer.sendLateness());
            output.result(report, () -> report.lines().forEach(output::line));
            return interruption.exitStatus(report.failed() == 0 ? 0 : OutcomeKind.FAILED.exitStatus());
        } catch (IllegalArgumentException | DialerException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    /** Each call at its own absolute time: a late one does not push the others back. */
    private void placeAll(
            Dialer dialer, DialRequest request, CallScript script, LoadTally tally, Interruption interruption) {
        long startNanos = System.nanoTime();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < calls && !interruption.requested(); number++) {
                long dueNanos = startNanos + Math.round(number * 1e9 / callsPerSecond);
                LockSupport.parkNanos(dueNanos - System.nanoTime());
                String requestId = request.requestId() + "-" + number;
                callers.execute(() -> place(dialer, request.asAttempt(requestId, 1), script, tally));
            }
        }
    }

    private static void place(Dialer dialer, DialRequest request, CallScript script, LoadTally tally) {
        try {
            CallOutcome outcome =
                    ScriptedCall.run(dialer, request, script, line -> {}).outcome();
            tally.count(outcome);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException closed) {
            // interrupted between two calls: this one was never placed
        }
    }
}
