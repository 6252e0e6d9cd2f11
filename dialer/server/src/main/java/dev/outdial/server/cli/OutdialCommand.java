package dev.outdial.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The root of the command line, and the one place that turns trouble into a sentence and an exit status. */
@Command(
        name = "outdial",
        description = "A SIP/RTP dialer: calls a number over your own trunk, plays, hears keys, says how it ended.",
        mixinStandardHelpOptions = true,
        version = "outdial 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CallCommand.class, LoadCommand.class, DemoCommand.class, TestbedCommand.class})
public final class OutdialCommand {
    /** The command line made no sense (EX_USAGE of sysexits). */
    static final int WRONG_USAGE = 64;

    /** Something broke that should not have (EX_SOFTWARE of sysexits). */
    private static final int FAULT = 70;

    private OutdialCommand() {}

    /**
     * Runs one command to its end.
     *
     * @return the exit status: 0, 10 to 16 by outcome, 64 for wrong usage
     */
    public static int run(String... arguments) {
        return new CommandLine(new OutdialCommand())
                .setParameterExceptionHandler(OutdialCommand::explain)
                .setExecutionExceptionHandler(OutdialCommand::explain)
                .registerConverter(java.time.Duration.class, Durations::parse)
                .execute(arguments);
    }

    private static int explain(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("outdial: " + wrong.getMessage());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for the options.");
        return WRONG_USAGE;
    }

    private static int explain(Exception trouble, CommandLine command, CommandLine.ParseResult parsed) {
        if (trouble instanceof UsageException wrong) {
            command.getErr().println("outdial: " + wrong.getMessage());
            return WRONG_USAGE;
        }
        command.getErr().println("outdial: a fault of ours, please report it: " + trouble);
        trouble.printStackTrace(command.getErr());
        return FAULT;
    }
}
