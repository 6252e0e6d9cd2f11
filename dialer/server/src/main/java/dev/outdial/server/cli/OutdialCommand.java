package dev.outdial.server.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of the command line, and the one place that turns trouble into a sentence and an exit status. */
@Command(
        name = "outdial",
        description = "A SIP/RTP dialer: calls a number over your own trunk, plays, hears keys, says how it ended.",
        mixinStandardHelpOptions = true,
        version = "outdial 0.1.0-SNAPSHOT",
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            InitCommand.class,
            CallsCommand.class,
            ShowCommand.class,
            HangupCommand.class,
            TrunksCommand.class,
            DncCommand.class,
            CampaignCommand.class,
            KeysCommand.class,
            CallCommand.class,
            AnswerCommand.class,
            LoadCommand.class,
            MediaCommand.class,
            FlowCommand.class,
            SayCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            DemoCommand.class,
            TestbedCommand.class,
            CompletionCommand.class
        })
public final class OutdialCommand {
    /** The command line made no sense (EX_USAGE of sysexits). */
    static final int WRONG_USAGE = 64;

    /** Something broke that should not have (EX_SOFTWARE of sysexits). */
    static final int FAULT = 70;

    private OutdialCommand() {}

    /**
     * Runs one command to its end.
     *
     * @return the exit status: 0, 10 to 16 by outcome, 64 for wrong usage, 70 for a fault of ours; 1, 69 and 77 where a running server
     *     said no, did not answer, or took no key
     */
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    /** The same with its words going elsewhere. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine().setOut(out).setErr(err).execute(arguments);
    }

    private static CommandLine commandLine() {
        return new CommandLine(new OutdialCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(OutdialCommand::explain)
                .setExecutionExceptionHandler(OutdialCommand::explain)
                .registerConverter(Duration.class, Durations::parse)
                .registerConverter(Path.class, OutdialCommand::file);
    }

    private static Path file(String typed) {
        if (typed.isBlank()) {
            throw new TypeConversionException("the name of a file is expected");
        }
        try {
            return Path.of(typed);
        } catch (InvalidPathException impossible) {
            throw new TypeConversionException("this cannot be the name of a file: " + impossible.getReason());
        }
    }

    private static int explain(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("outdial: " + sentence(wrong));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for the options.");
        return WRONG_USAGE;
    }

    private static String sentence(ParameterException wrong) {
        return switch (wrong) {
            // Only the first: what follows a misspelt --password is not for the screen.
            case UnmatchedArgumentException unmatched ->
                "'" + unmatched.getUnmatched().getFirst() + "' is not an option or command, or one argument too many";
            case MutuallyExclusiveArgsException both ->
                String.valueOf(both.getMessage()).replaceFirst("^Error: ", "");
            default -> String.valueOf(wrong.getMessage());
        };
    }

    private static int explain(Exception trouble, CommandLine command, CommandLine.ParseResult parsed) {
        if (trouble instanceof UsageException wrong) {
            command.getErr().println("outdial: " + wrong.getMessage());
            return WRONG_USAGE;
        }
        if (trouble instanceof RemoteException remote) {
            command.getErr().println("outdial: " + remote.getMessage());
            return remote.exitStatus();
        }
        command.getErr().println("outdial: a fault of ours, please report it: " + trouble);
        trouble.printStackTrace(command.getErr());
        return FAULT;
    }
}
