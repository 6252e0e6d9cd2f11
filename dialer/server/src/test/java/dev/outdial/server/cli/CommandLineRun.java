package dev.outdial.server.cli;

import java.io.PrintWriter;

/** Runs the {@code outdial} command in this process for tests of other packages. */
public final class CommandLineRun {
    private CommandLineRun() {}

    /**
     * Runs one command to its end, its words going where the caller reads them meanwhile.
     *
     * @return the exit status
     */
    public static int outdial(PrintWriter out, PrintWriter err, String... arguments) {
        return OutdialCommand.run(out, err, arguments);
    }
}
