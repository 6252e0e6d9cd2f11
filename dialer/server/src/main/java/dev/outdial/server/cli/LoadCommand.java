package dev.outdial.server.cli;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.outcome.OutcomeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.IntToLongFunction;
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
        description =
                "Places many calls at a steady rate; says how they ended, how late their RTP left, and with --steady"
                        + " what they cost.",
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

    @Option(
            names = "--at-once",
            paramLabel = "N",
            defaultValue = "2000",
            description = "how many of them there may be at a time: further ones wait until one is over, and the rate"
                    + " falls (default: ${DEFAULT-VALUE}; with --steady there are all)")
    private int atOnce;

    @Option(
            names = "--steady",
            paramLabel = "TIME",
            description = "when the last call was answered, all stay for this long, the clips playing again and again;"
                    + " CPU, memory and threads are measured over that time")
    private @Nullable Duration steady;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            description = "measure what setting up and tearing down takes, of the calls dialled after this long")
    private @Nullable Duration warmUp;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "with --steady: measure only after all calls have been up for this long")
    private Duration settle = Duration.ZERO;

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
        if (atOnce < 1) {
            throw new UsageException("--at-once: " + atOnce + " is less than one");
        }
        var output = new Output(Objects.requireNonNull(spec).commandLine(), play.json());
        if (warmUp != null && steady != null) {
            throw new UsageException("--warm-up and --steady measure different things: one of them is expected");
        }
        if (steady == null && !settle.isZero()) {
            throw new UsageException("--settle is for --steady");
        }
        if (steady != null && (!steady.isPositive() || !play.hold().isZero())) {
            throw new UsageException("--steady: a time above zero is expected, and no --hold beside it");
        }
        // Nobody looks at the messages of thousands of calls.
        DialerConfig config = play.bringing(way.dialer()).withoutTracing();
        var meter = new ProcessMeter();
        try (var interruption = new Interruption();
                Dialer dialer = interruption.open(config)) {
            DialRequest request = allowing(way.request(target));
            dialer.check(request);
            List<AudioClip> clips = play.load(dialer);
            var script = steady == null ? CallScript.playing(clips, play.hold()) : CallScript.untilHungUp(clips);
            var tally = new LoadTally(calls);
            Optional<LoadReport.Steady> measured = Optional.empty();
            if (registered(dialer, interruption, output)) {
                if (steady != null) meter.beforeCalls();
                measured = run(dialer, request, script, tally, meter, interruption);
            }
            Optional<LoadReport.Setup> setup = warmUp == null ? Optional.empty() : meter.setup(tally.setupNanos());
            LoadReport report = tally.report(dialer.sendLateness(), setup, measured);
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

    /** A call may last while the others are placed, too. */
    private DialRequest allowing(DialRequest request) {
        Duration placing = Duration.ofSeconds((long) Math.ceil(calls / callsPerSecond));
        return play.allowing(
                request, steady == null ? Duration.ZERO : steady.plus(settle).plus(placing.multipliedBy(2)));
    }

    /** Places all calls and waits for the last one's end. */
    private Optional<LoadReport.Steady> run(
            Dialer dialer,
            DialRequest request,
            CallScript script,
            LoadTally tally,
            ProcessMeter meter,
            Interruption interruption)
            throws InterruptedException {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<ScriptedCall> placed = new ArrayList<>();
            var room = new Semaphore(steady == null ? atOnce : calls);
            boolean isBrief = script.equals(CallScript.NOTHING);
            int firstMeasured = warmUp == null ? calls : (int) Math.ceil(warmUp.toNanos() / 1e9 * callsPerSecond);
            try {
                paced(interruption, number -> {
                    long waitedNanos = awaitRoom(room, tally);
                    if (number == firstMeasured) meter.begin(0);
                    DialRequest attempt = request.asAttempt(request.requestId() + "-" + number, 1);
                    boolean measured = number >= firstMeasured;
                    if (isBrief) {
                        BriefCall.place(dialer, attempt, tally, measured, room::release);
                    } else {
                        var call = ScriptedCall.dial(dialer, attempt, script, line -> {});
                        if (steady != null) placed.add(call);
                        callers.execute(() -> {
                            try {
                                finish(call, tally, measured);
                            } finally {
                                room.release();
                            }
                        });
                    }
                    return waitedNanos;
                });
            } finally {
                tally.awaitPlaced();
            }
            return steady == null ? Optional.empty() : stayAndHangUp(placed, steady, meter, interruption);
        } catch (IllegalStateException closed) {
            // A signal closed the dialer between the question and the dialling: this call was never placed.
            if (!interruption.requested()) {
                throw closed;
            }
            return Optional.empty();
        }
    }

    /** Waits until another call may begin, and says how long that took. A signal ends all calls, and so this. */
    private static long awaitRoom(Semaphore room, LoadTally tally) {
        if (room.tryAcquire()) return 0;
        tally.countWaited();
        long fromNanos = System.nanoTime();
        room.acquireUninterruptibly();
        return System.nanoTime() - fromNanos;
    }

    /** Empty where none is up: then there is nothing to wait for. */
    private Optional<LoadReport.Steady> stayAndHangUp(
            List<ScriptedCall> placed, Duration time, ProcessMeter meter, Interruption interruption)
            throws InterruptedException {
        for (ScriptedCall call : placed) {
            call.awaitAnswered();
        }
        if (placed.stream().noneMatch(ScriptedCall::isUp)) {
            return Optional.empty();
        }
        interruption.pause(settle.toNanos());
        long missedBefore = missed(placed);
        meter.begin((int) placed.stream().filter(ScriptedCall::isUp).count());
        interruption.pause(time.toNanos());
        LoadReport.Steady measured = meter.end(missed(placed) - missedBefore);
        paced(interruption, number -> {
            placed.get(number).hangUp();
            return 0;
        });
        return Optional.of(measured);
    }

    private static long missed(List<ScriptedCall> placed) {
        return placed.stream().mapToLong(ScriptedCall::lateTicks).sum();
    }

    /**
     * Does something for each call at its own absolute time: a late one does not push the others back, but by what it says that it had to
     * wait.
     */
    private void paced(Interruption interruption, IntToLongFunction what) throws InterruptedException {
        long startNanos = System.nanoTime();
        for (int number = 0; number < calls; number++) {
            long dueNanos = startNanos + Math.round(number * 1e9 / callsPerSecond);
            interruption.pause(dueNanos - System.nanoTime());
            if (interruption.requested()) {
                return;
            }
            startNanos += what.applyAsLong(number);
        }
    }

    private static void finish(ScriptedCall placed, LoadTally tally, boolean measured) {
        try {
            ScriptedCall.Done done = placed.run();
            if (measured) placed.setupNanos().ifPresent(tally::countSetup);
            tally.count(done.outcome(), done.report().rtp(), done.report().digits());
        } catch (InterruptedException interrupted) {
            tally.countLost("interrupted");
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            tally.countLost("fault of ours: " + fault);
        }
    }
}
