package dev.outdial.server.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code outdial completion}: what makes a shell complete our commands. */
@Command(
        name = "completion",
        description =
                "Prints a script that has bash and zsh complete commands and options: source <(outdial completion)",
        sortOptions = false)
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(spec).root().commandLine();
        command.getOut().print(AutoComplete.bash("outdial", command));
        command.getOut().flush();
        return 0;
    }
}
