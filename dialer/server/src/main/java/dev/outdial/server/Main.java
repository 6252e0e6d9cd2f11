package dev.outdial.server;

import dev.outdial.server.cli.OutdialCommand;

/** Starts the {@code outdial} command. */
public final class Main {
    /** How many platform threads carry the virtual ones; read once, when the first of these begins. */
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("load")) carryOnOneThread();
        System.exit(OutdialCommand.run(arguments));
    }

    /**
     * The virtual threads of a load wait and hand on, a tenth of a millisecond a call. A second carrier is woken each time one of them is
     * ready and finds it taken: that took more than what they do. One that blocks the carrier is given another all the same.
     */
    private static void carryOnOneThread() {
        System.getProperties().putIfAbsent(CARRIERS, "1");
    }
}
