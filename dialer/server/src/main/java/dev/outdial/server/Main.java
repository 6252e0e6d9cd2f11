package dev.outdial.server;

import dev.outdial.server.cli.OutdialCommand;

/** Starts the {@code outdial} command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(OutdialCommand.run(arguments));
    }
}
