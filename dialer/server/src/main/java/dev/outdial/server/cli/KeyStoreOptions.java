package dev.outdial.server.cli;

import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.config.ConfigException;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.config.ServerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the keys are that a command is about. */
final class KeyStoreOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "the configuration of the server")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "the data folder in place of the configured one")
    private @Nullable Path data;

    @Option(
            names = "--account",
            paramLabel = "ID",
            description = "whose they are (default: the first account's, at a server that of the access key)")
    private @Nullable String account;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    boolean json() {
        return remote.json();
    }

    /** At a running server where one is named, else in the store of the configuration. */
    KeyPlace place() {
        boolean isLocal = config != null || data != null;
        if (isLocal && remote.isTyped()) throw new UsageException("--url goes without --config and --data");
        return isLocal || !remote.isNamed()
                ? new StoredKeyPlace(read(), account == null ? AccountRecord.FIRST : account)
                : new RemoteKeyPlace(remote.api(), Optional.ofNullable(account));
    }

    private ServerConfig read() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (data != null) environment.put("OUTDIAL_DATA", data.toAbsolutePath().toString());
        try {
            return config != null
                    ? ConfigReader.read(config, environment)
                    : ConfigReader.withoutFile(Path.of(""), environment);
        } catch (ConfigException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }
}
