package dev.outdial.server.cli;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.outcome.OutcomeKind;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:all calls were placed and answered",
            "13:some were not",
            "14:Ctrl-C or SIGTERM; what was placed is reported",
            "64:wrong usage"
        })
final class LoadCommand implements Callable<Integer> {
    private static final double SLOWEST = 0.001;
    private static final double FASTEST = 10_000;

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
        if (!(callsPerSecond >= SLOWEST && callsPerSecond <= FASTEST)) {
            throw new UsageException("--cps: " + callsPerSecond + " is not " + SLOWEST + " to " + FASTEST);
        }
        var output = new Output(Objects.requireNonNull(spec).commandLine(), play.json());
        DialerConfig config = way.dialer();
        try (var interruption = new Interruption();
                Dialer dialer = interruption.open(config)) {
            DialRequest request = play.allowing(way.request(target));
            dialer.check(request);
            var script = new CallScript(Optional.empty(), play.load(dialer), "", Optional.empty(), play.hold());
            var tally = new LoadTally(calls);
            if (registered(dialer, interruption, output)) {
                placeAll(dialer, request, script, tally, interruption);
            }
            LoadReport report = tally.report(dialer.sendLateness());
            output.result(report, () -> report.lines().forEach(output::line));
            return interruption.exitStatus(report.answered() == calls ? 0 : OutcomeKind.FAILED.exitStatus());
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    /** Whether calls can go out; says so where they cannot. */
    private boolean registered(Dialer dialer, Interruption interruption, Output output) throws InterruptedException {
        if (!way.registers()) {
            return true;
        }
        try {
            way.awaitRegistered(dialer);
            return true;
        } catch (DialerException unregistered) {
            output.progress(String.valueOf(unregistered.getMessage()));
            return false;
        } catch (InterruptedException cutShort) {
            if (!interruption.requested()) {
                throw cutShort;
            }
            return false;
        }
    }

    /** Each call at its own absolute time: a late one does not push the others back. Waits for the last one's end. */
    private void placeAll(
            Dialer dialer, DialRequest request, CallScript script, LoadTally tally, Interruption interruption)
            throws InterruptedException {
        long startNanos = System.nanoTime();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < calls; number++) {
                long dueNanos = startNanos + Math.round(number * 1e9 / callsPerSecond);
                interruption.pause(dueNanos - System.nanoTime());
                if (interruption.requested()) {
                    return;
                }
                String requestId = request.requestId() + "-" + number;
                ScriptedCall placed = ScriptedCall.dial(dialer, request.asAttempt(requestId, 1), script, line -> {});
                callers.execute(() -> finish(placed, tally));
            }
        } catch (IllegalStateException closed) {
            // A signal closed the dialer between the question and the dialling: this call was never placed.
            if (!interruption.requested()) {
                throw closed;
            }
        }
    }

    private static void finish(ScriptedCall placed, LoadTally tally) {
        try {
            tally.count(placed.run().outcome());
        } catch (InterruptedException interrupted) {
            tally.countLost("interrupted");
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            tally.countLost("fault of ours: " + fault);
        }
    }
}
