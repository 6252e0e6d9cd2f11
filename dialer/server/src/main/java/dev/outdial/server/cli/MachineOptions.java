package dev.outdial.server.cli;

import dev.outdial.dialer.detect.MachineDetection;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether {@code call} finds out who answered, and what it does where that is a machine. */
final class MachineOptions {
    @Option(
            names = "--amd",
            description = "find out whether a person or a machine answers before anything is played;"
                    + " hang up on machines and faxes")
    private boolean detect;

    @Option(
            names = "--amd-wait-beep",
            description = "as --amd, but play to machines too, after their greeting and its beep")
    private boolean waitForBeep;

    /** How to find out, where that is asked for. */
    Optional<MachineDetection> detection() {
        return detect || waitForBeep ? Optional.of(MachineDetection.DEFAULT) : Optional.empty();
    }

    /** Whether a machine is spoken to. */
    boolean waitForBeep() {
        return waitForBeep;
    }
}
