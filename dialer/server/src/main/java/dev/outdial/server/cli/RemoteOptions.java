package dev.outdial.server.cli;

import dev.outdial.server.config.ConfigException;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server is asked, and with which key. */
final class RemoteOptions {
    private static final Path CONFIG = Path.of("outdial.yaml");

    private final Map<String, String> environment;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "where the server is (default: OUTDIAL_URL, else what outdial.yaml in this folder says, else"
                    + " http://127.0.0.1:8080)")
    private @Nullable String url;

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description =
                    "a file with the access key (default: OUTDIAL_API_KEY); never an option of its own, as others see those")
    private @Nullable Path keyFile;

    @Option(names = "--json", description = "JSON on standard output")
    private boolean json;

    RemoteOptions() {
        this(System.getenv());
    }

    RemoteOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    boolean json() {
        return json;
    }

    RemoteApi api() {
        return new RemoteApi(url(), key());
    }

    /** Whether a server is named on the command line. */
    boolean isTyped() {
        return url != null;
    }

    /** Whether a server is named there or in the environment. */
    boolean isNamed() {
        return isTyped() || environment.containsKey("OUTDIAL_URL");
    }

    String url() {
        String typed = Optional.ofNullable(url)
                .or(() -> Optional.ofNullable(environment.get("OUTDIAL_URL")))
                .orElseGet(this::configured);
        try {
            URI uri = new URI(typed);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isWeb && uri.getHost() != null && uri.getRawQuery() == null) return typed.replaceFirst("/+$", "");
        } catch (URISyntaxException none) {
            // said below
        }
        throw new UsageException("--url: http://HOST:PORT or https://HOST:PORT is expected");
    }

    private String configured() {
        if (!Files.exists(CONFIG)) return "http://127.0.0.1:8080";
        try {
            ServerConfig.Http http = ConfigReader.read(CONFIG, environment).http();
            String host = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
            // An address that stands for all of this machine's is no place to connect to.
            String reached = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("[::]") ? "[::1]" : host;
            return (http.tls().isPresent() ? "https://" : "http://") + reached + ":" + http.port();
        } catch (ConfigException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    private String key() {
        if (keyFile != null) {
            try {
                return usable(Files.readString(keyFile).strip());
            } catch (IOException unreadable) {
                throw new UsageException("--api-key-file: " + keyFile + " cannot be read");
            }
        }
        String key = environment.get("OUTDIAL_API_KEY");
        if (key == null || key.isBlank()) {
            throw new RemoteException(
                    RemoteException.NO_KEY,
                    "no access key: put it into OUTDIAL_API_KEY or a file for --api-key-file ('outdial init' and 'outdial serve' print one)");
        }
        return usable(key.strip());
    }

    /** What may stand in a header; the key itself is told nobody. */
    private static String usable(String key) {
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new RemoteException(RemoteException.NO_KEY, "what is given as access key is none");
        }
        return key;
    }
}
