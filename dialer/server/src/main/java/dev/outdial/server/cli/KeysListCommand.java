package dev.outdial.server.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code outdial keys list}: all of an account, without their secrets. */
@Command(name = "list", description = "Lists access keys and credentials, without their secrets.", sortOptions = false)
final class KeysListCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KeyStoreOptions store = new KeyStoreOptions();

    @Override
    public Integer call() {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), store.json());
        List<Map<String, String>> found = store.place().list();
        output.result(
                Map.of("items", found),
                () -> found.forEach(key -> output.line(String.format(
                        "%-38s%-13s%-25s%s", key.get("id"), key.get("for"), key.get("created"), key.get("name")))));
        return 0;
    }
}
