package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.counting.CountReport;
import dev.outdial.testbed.counting.CountingCallees;
import dev.outdial.testbed.counting.CountingOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code testbed} for load tests: callees that count packets and hear no words. */
final class CountingMode {
    @Option(
            names = "--count-only",
            description = "callees say nothing and only count packets and time their arrival: what a load test calls;"
                    + " numbers of callees that would say or press something are left out, others answer")
    private boolean countOnly;

    @Option(names = "--speak", description = "with --count-only: callees say a prompt again and again")
    private boolean speak;

    @Option(
            names = "--no-telephone-event",
            description = "with --count-only: callees do not agree to telephone-events; their keys are tones")
    private boolean noTelephoneEvent;

    @Option(
            names = "--press-every",
            paramLabel = "TIME",
            description = "with --speak: each callee presses a key that often, 1s at least")
    private @Nullable Duration pressEvery;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            description = "with --count-only: the steady time of the report begins this long after the last call")
    private @Nullable Duration settle;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "with --count-only: at the end, write what was counted to a file as JSON")
    private @Nullable Path report;

    /** Whether callees only count. */
    boolean isOn() {
        return countOnly;
    }

    /** The callees, where they are to be counting ones. */
    Optional<CountingCallees> open(InetAddress address) {
        if (!countOnly) {
            if (speak || noTelephoneEvent || pressEvery != null || settle != null || report != null) {
                throw new UsageException(
                        "--speak, --no-telephone-event, --press-every, --settle and --report are for --count-only");
            }
            return Optional.empty();
        }
        if (report != null) {
            Path folder = report.toAbsolutePath().getParent();
            if (folder == null || !Files.isWritable(folder) || Files.isDirectory(report)) {
                throw new UsageException("--report: " + report + " cannot be written");
            }
        }
        try {
            var options = new CountingOptions(
                    speak,
                    !noTelephoneEvent,
                    Optional.ofNullable(pressEvery),
                    Objects.requireNonNullElse(settle, Duration.ZERO));
            return Optional.of(CountingCallees.open(address, options, new SecureRandom().nextLong()));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--press-every: " + wrong.getMessage());
        }
    }

    /** Writes and says what was counted. */
    void tell(CountReport counted, Output output) {
        lines(counted).forEach(output::line);
        if (report == null) {
            return;
        }
        try {
            new ObjectMapper().writeValue(report.toFile(), counted);
        } catch (IOException unable) {
            output.line("cannot write " + report + ": " + unable.getMessage());
        }
    }

    private static List<String> lines(CountReport counted) {
        return List.of(
                counted.streams() + " streams: " + counted.packets() + " packets, " + counted.lost() + " lost, "
                        + counted.outOfOrder() + " out of order, " + counted.strays() + " strays; sent "
                        + counted.sent() + ", skipped " + counted.skipped() + ", " + counted.keysPressed()
                        + " keys pressed",
                String.format(
                        Locale.ROOT,
                        "while all were up (%.1f s), intervals were off 20 ms by: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms,"
                                + " max %.2f ms; the longest was %.2f ms; %d of %d not judged: the reader was held up",
                        counted.steadySeconds(),
                        counted.steady().p50Millis(),
                        counted.steady().p99Millis(),
                        counted.steady().p999Millis(),
                        counted.steady().maxMillis(),
                        counted.steady().longestIntervalMillis(),
                        counted.steady().unsureIntervals(),
                        counted.steady().intervals() + counted.steady().unsureIntervals()));
    }
}
