package dev.outdial.server.cli;

import dev.outdial.server.config.ConfigException;
import dev.outdial.server.serve.Initial;
import dev.outdial.server.serve.ServeException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outdial init}: a configuration to begin with, and the first access key. */
@Command(
        name = "init",
        description = "Writes a commented outdial.yaml and makes the first access key, which is shown once.",
        sortOptions = false)
final class InitCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--dir", paramLabel = "DIR", defaultValue = ".", description = "where to (default: here)")
    private Path folder = Path.of(".");

    @Override
    public Integer call() {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), false);
        try {
            Initial made = Initial.make(folder, System.getenv());
            output.line("written     " + made.file());
            output.line("access key  " + made.key().text() + "   (shown once: keep it)");
            output.line("");
            output.line("Start the server: outdial serve --config " + made.file());
            return 0;
        } catch (ConfigException | ServeException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }
}
