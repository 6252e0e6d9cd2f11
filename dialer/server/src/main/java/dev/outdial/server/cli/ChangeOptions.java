package dev.outdial.server.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a call is changed while it is talked on; shared by {@code call} and {@code answer}. */
final class ChangeOptions {
    @Option(
            names = "--park",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "put the far end on hold this long, then take it off again")
    private Duration park = Duration.ZERO;

    @Option(
            names = "--transfer",
            paramLabel = "URI",
            description = "then ask the far end to call this SIP URI instead (REFER)")
    private @Nullable String transfer;

    Duration park() {
        return park;
    }

    Optional<String> transfer() {
        return Optional.ofNullable(transfer);
    }
}
