package dev.outdial.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One {@code outdial} command that ran in this process: its exit status and its words. */
record Run(int status, String out, String err) {

    static Run outdial(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = OutdialCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Run(status, out.toString(), err.toString());
    }
}
