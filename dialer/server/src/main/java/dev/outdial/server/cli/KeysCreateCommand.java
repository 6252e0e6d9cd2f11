package dev.outdial.server.cli;

import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outdial keys create}: a new access key, or a new credential of a facade. */
@Command(
        name = "create",
        description = {
            "Makes an access key of the native API, or with --facade a credential of an API that is answered as another system does.",
            "The secret is shown once."
        },
        sortOptions = false)
final class KeysCreateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--facade",
            paramLabel = "NAME",
            description = "neutrino, cequens, voipbin, voice2phone or bandwidth; the native API without it")
    private @Nullable String facade;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "the user name (default: one is made up); of an access key, what it is called")
    private @Nullable String name;

    @Option(
            names = "--password-stdin",
            description = "the first line of standard input is the password; for voipbin, in place of a random one")
    private boolean passwordFromInput;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "of an access key: read, call or admin (default: call)")
    private @Nullable Scope scope;

    @Mixin
    private KeyStoreOptions store = new KeyStoreOptions();

    @Override
    public Integer call() {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), store.json());
        Map<String, Object> made;
        if (facade == null) {
            if (passwordFromInput) throw new UsageException("--password-stdin goes with --facade voipbin");
            made = store.place().accessKey(name == null ? "made by hand" : name, scope == null ? Scope.CALL : scope);
        } else {
            if (scope != null) throw new UsageException("--scope goes without --facade");
            Optional<Secret> password = passwordFromInput ? Optional.of(password(System.in)) : Optional.empty();
            made = store.place().credential(facade, Optional.ofNullable(name), password);
        }
        output.result(made, () -> print(made, output));
        return 0;
    }

    /** The first line. */
    static Secret password(InputStream input) {
        try {
            var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
            String line = lines.readLine();
            if (line == null || line.isEmpty()) throw new UsageException("there is no password on standard input");
            return new Secret(line);
        } catch (IOException unreadable) {
            throw new UsageException("standard input cannot be read");
        }
    }

    private static void print(Map<String, Object> made, Output output) {
        made.forEach((word, value) -> {
            if (value instanceof Map<?, ?> login) {
                login.forEach((name, text) -> line(String.valueOf(name), text, output));
            } else {
                line(word.equals("base_url") ? "base URL" : word, value, output);
            }
        });
        output.line("");
        output.line("The secret is shown this once: keep it.");
    }

    private static void line(String word, Object value, Output output) {
        output.line(String.format("%-12s%s", word, value));
    }
}
