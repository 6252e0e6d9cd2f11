package dev.outdial.server.cli;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.config.ConfigException;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.config.Reading;
import dev.outdial.server.config.ServerConfig;
import dev.outdial.server.facade.FacadeOptions;
import dev.outdial.server.log.Logging;
import dev.outdial.server.log.Masks;
import dev.outdial.server.serve.ServeException;
import dev.outdial.server.serve.Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outdial serve}: the server, until somebody ends it. */
@Command(
        name = "serve",
        description = {
            "Runs the server: an HTTP API that places calls, keeps them and tells of them.",
            "Without --config it listens to this machine alone, and calls go over a loopback trunk: they reach nobody outside."
        },
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "how it is set up; 'outdial init' writes one")
    private @Nullable Path config;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "the port of the API in place of the configured one; 0 for any")
    private @Nullable Integer port;

    @Option(names = "--data", paramLabel = "DIR", description = "the data folder in place of the configured one")
    private @Nullable Path data;

    @Override
    public Integer call() throws InterruptedException {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), false);
        Reading read = read();
        ServerConfig wanted = read.config();
        var masks = new Masks(wanted.log().maskNumbers(), wanted.log().maskKeys());
        Logging.use(wanted.log().level(), masks);
        if (wanted.log().asJson()) Logging.asJson(masks);
        Server server = start(read);
        var ended = new CountDownLatch(1);
        var signals = new AtomicInteger();
        Signals.each(() -> signal(signals.incrementAndGet(), server, ended, output));
        // Without a file the end of the terminal ends the server, as that of every program.
        if (config != null) Signals.hangUp(() -> reload(server, output));
        introduce(server, wanted, output);
        ended.await();
        server.close();
        output.line("ended");
        return 0;
    }

    /** The first lets calls go on for a while, the second ends them, the third ends the process as it is. */
    private static void signal(int count, Server server, CountDownLatch ended, Output output) {
        switch (count) {
            case 1 -> {
                output.line("no new calls are taken; waiting for those that are up (once more to end them)");
                ended.countDown();
            }
            case 2 -> server.hurry();
            default -> Runtime.getRuntime().halt(OutdialCommand.FAULT);
        }
    }

    private static void reload(Server server, Output output) {
        try {
            ReloadSentences.of(server.reload()).forEach(output::line);
        } catch (ServiceException wrong) {
            output.line(String.valueOf(wrong.getMessage()));
            wrong.fields().forEach(field -> output.line("  " + field.message()));
        }
    }

    private Server start(Reading wanted) {
        try {
            return config == null ? Server.startWithKey(wanted.config()) : Server.start(wanted, this::readAgain);
        } catch (ServeException unable) {
            throw new UsageException(String.valueOf(unable.getMessage()));
        }
    }

    private Reading readAgain() {
        return ConfigReader.readingAgain(Objects.requireNonNull(config), environment());
    }

    private Reading read() {
        Map<String, String> environment = environment();
        try {
            if (config != null) return ConfigReader.reading(config, environment);
            environment.put("OUTDIAL_HTTP_HOST", "127.0.0.1");
            environment.putIfAbsent("OUTDIAL_LOOPBACK_TRUNK", "true");
            environment.putIfAbsent("OUTDIAL_SIP_HOST", "127.0.0.1");
            environment.putIfAbsent("OUTDIAL_SIP_PORT", "0");
            return ConfigReader.readingWithoutFile(Path.of(""), environment);
        } catch (ConfigException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (port != null) environment.put("OUTDIAL_HTTP_PORT", port.toString());
        if (data != null) environment.put("OUTDIAL_DATA", data.toAbsolutePath().toString());
        return environment;
    }

    private static void introduce(Server server, ServerConfig config, Output output) {
        server.key().map(AccessKey::text).ifPresent(key -> output.line("access key  " + key + "   (shown once)"));
        if (config.loopbackTrunk()) output.line("trunk       loopback: whoever is called is a part of this program");
        server.key().map(AccessKey::text).filter(key -> config.loopbackTrunk()).ifPresent(key -> {
            output.line("");
            output.line("Place a call:");
            output.line("  curl -s " + server.url() + "/api/v1/calls -H 'Authorization: Bearer " + key
                    + "' -H 'Content-Type: application/json' -d '{\"to\": \"+15550100123\", \"say\": \"Hello.\"}'");
            output.line("");
        });
        dashboard(server, config).ifPresent(url -> output.line("dashboard   " + url));
        output.line("ready       " + server.url() + "  API /api/v1, its description /docs");
    }

    /** Where the pages are; with the key that was made, where one was, behind a #, which no server and no log sees. */
    private static Optional<String> dashboard(Server server, ServerConfig config) {
        FacadeOptions options = config.facades().getOrDefault("dashboard", FacadeOptions.STANDARD);
        if (!options.enabled()) return Optional.empty();
        String url = options.port().isPresent()
                ? server.url().replaceFirst(":\\d+$", ":" + options.port().getAsInt())
                : server.url();
        return Optional.of(url + "/" + server.key().map(key -> "#" + key.text()).orElse(""));
    }
}
