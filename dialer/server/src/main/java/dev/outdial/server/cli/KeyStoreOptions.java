package dev.outdial.server.cli;

import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.config.ConfigException;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.config.ServerConfig;
import dev.outdial.server.serve.KeyDesk;
import dev.outdial.server.serve.ServeException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
            defaultValue = AccountRecord.FIRST,
            description = "whose they are (default: the first account's)")
    private String account = AccountRecord.FIRST;

    @Option(names = "--json", description = "one JSON object on standard output")
    private boolean json;

    String account() {
        return account;
    }

    boolean json() {
        return json;
    }

    /** Does something at the desk; what it cannot do is a sentence for who asked. */
    <T> T at(BiFunction<KeyDesk, ServerConfig, T> doing) {
        ServerConfig wanted = read();
        try (KeyDesk desk = KeyDesk.open(wanted)) {
            return doing.apply(desk, wanted);
        } catch (ServeException unable) {
            throw new UsageException(String.valueOf(unable.getMessage()));
        } catch (ServiceException refused) {
            throw new UsageException(sentence(refused));
        }
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

    private static String sentence(ServiceException refused) {
        return refused.fields().isEmpty()
                ? String.valueOf(refused.getMessage())
                : refused.fields().stream()
                        .map(field -> field.field() + " " + field.message())
                        .collect(Collectors.joining("; "));
    }
}
