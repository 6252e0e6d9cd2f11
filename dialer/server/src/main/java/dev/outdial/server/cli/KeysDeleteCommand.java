package dev.outdial.server.cli;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outdial keys delete}: one opens nothing any more. */
@Command(
        name = "delete",
        description = "Deletes an access key or a credential; tokens that stand for it end with it.",
        sortOptions = false)
final class KeysDeleteCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "as 'outdial keys list' shows it")
    private String id = "";

    @Mixin
    private KeyStoreOptions store = new KeyStoreOptions();

    @Override
    public Integer call() {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), store.json());
        store.place().delete(id);
        output.result(Map.of("deleted", id), () -> output.line("deleted     " + id));
        return 0;
    }
}
