package dev.outdial.server.config;

import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.guard.NumberLimit;
import dev.outdial.dialer.guard.QuietHours;
import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.dialer.sound.SpeechEngine;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.config.ServerConfig.Http;
import dev.outdial.server.config.ServerConfig.KeyStoreFile;
import dev.outdial.server.config.ServerConfig.LogOptions;
import dev.outdial.server.config.ServerConfig.Network;
import dev.outdial.server.config.ServerConfig.Reach;
import dev.outdial.server.config.ServerConfig.Sounds;
import dev.outdial.server.config.ServerConfig.StoreOptions;
import dev.outdial.server.config.ServerConfig.Traces;
import dev.outdial.server.config.ServerConfig.Tracing;
import dev.outdial.server.config.ServerConfig.Webhooks;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how a server is set up: a YAML file, and variables {@code OUTDIAL_...} that win over it ({@code http.port} is {@code
 * OUTDIAL_HTTP_PORT}, the password of the trunk carrier is {@code OUTDIAL_TRUNKS_CARRIER_PASSWORD}; lists with commas). Everything that is
 * wrong is told at once, with its line and the key that may have been meant. <b>Threading:</b> any.
 */
public final class ConfigReader {
    private static final long LARGEST_FILE = 1 << 20;
    private static final Pattern LIMIT = Pattern.compile("(\\d{1,6}) in (\\w+)");
    private static final Pattern HOURS = Pattern.compile("(\\d\\d:\\d\\d)\\s*-\\s*(\\d\\d:\\d\\d)");
    private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/]{32,}={0,2}");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]{1,100})=([\\x20-\\x7e]{1,4000})");
    private static final Pattern URL = Pattern.compile(
            "https?://[A-Za-z0-9.-]+(:\\d{1,5})?(/[A-Za-z0-9._~/-]*)?|https?://\\[[0-9A-Fa-f:.]+](:\\d{1,5})?(/[A-Za-z0-9._~/-]*)?");
    private static final Duration DAY = Duration.ofDays(1);

    private final Values values;
    private final List<Values> trunks;
    private final Path folder;

    private ConfigReader(Sources sources, Path folder) {
        this.values = sources.server();
        this.trunks = sources.trunks();
        this.folder = folder;
    }

    /**
     * Reads a file.
     *
     * @param environment variables; those that begin with OUTDIAL_ have to be known, others are left alone
     * @throws ConfigException where it cannot be read or makes no sense
     */
    public static ServerConfig read(Path file, Map<String, String> environment) {
        return reading(file, environment).config();
    }

    /** The same, to be compared with what is read later. */
    public static Reading reading(Path file, Map<String, String> environment) {
        return reading(text(file, file.toString()), file.toString(), folder(file), environment, true);
    }

    /**
     * Reads it once more in a process that read it before: what is wrong is told by the file's name alone, as others hear it, and variables
     * of trunks that the file has no more are left alone, since a process keeps its environment.
     */
    public static Reading readingAgain(Path file, Map<String, String> environment) {
        String name = String.valueOf(file.getFileName());
        return reading(text(file, name), name, folder(file), environment, false);
    }

    private static Path folder(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
    }

    /** What holds without a file: the defaults and the environment. @param folder from where paths go */
    public static ServerConfig withoutFile(Path folder, Map<String, String> environment) {
        return readingWithoutFile(folder, environment).config();
    }

    /** The same, to be compared with what is read later. */
    public static Reading readingWithoutFile(Path folder, Map<String, String> environment) {
        return reading("", "no file", folder.toAbsolutePath(), environment, true);
    }

    static ServerConfig read(String text, String name, Path folder, Map<String, String> environment) {
        return reading(text, name, folder, environment, true).config();
    }

    private static Reading reading(
            String text, String name, Path folder, Map<String, String> environment, boolean checksVariables) {
        var wrong = new ArrayList<String>();
        var sources = new Sources(name, Yaml.read(text, name), environment, wrong);
        if (checksVariables) wrong.addAll(sources.unknownVariables());
        ServerConfig config = new ConfigReader(sources, folder).config();
        if (!wrong.isEmpty()) throw new ConfigException(wrong);
        return new Reading(config, sources.server().said());
    }

    private static String text(Path file, String name) {
        try {
            if (Files.isDirectory(file)) throw new ConfigException(name + ": this is a folder, and a file is expected");
            if (Files.size(file) > LARGEST_FILE)
                throw new ConfigException(name + ": this is too long for a configuration");
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new ConfigException(name + ": there is no such file; 'outdial init' writes one");
        } catch (AccessDeniedException denied) {
            throw new ConfigException(name + ": this file may not be read");
        } catch (CharacterCodingException none) {
            throw new ConfigException(name + ": this is no text in UTF-8");
        } catch (IOException unreadable) {
            throw new ConfigException(name + ": this file cannot be read");
        }
    }

    private ServerConfig config() {
        Path data = values.path("data", folder).orElse(folder);
        return new ServerConfig(
                data,
                values.flag("loopback_trunk"),
                http(),
                store(),
                network(),
                trunks(),
                guard(),
                pace(),
                webhooks(),
                sounds(data),
                new LogOptions(
                        values.word("log.level", Set.of("error", "warn", "info", "debug")),
                        values.word("log.format", Set.of("text", "json")).equals("json"),
                        values.flag("log.mask_numbers"),
                        values.flag("log.mask_keys")),
                tracing(),
                values.time("drain", Duration.ZERO, DAY),
                values.time("retention", Duration.ZERO, Duration.ofDays(36500)),
                FacadeKeys.read(values),
                new Traces(
                        values.flag("trace.sip"),
                        values.flag("trace.secrets"),
                        values.flag("trace.series"),
                        values.flag("trace.rtp"),
                        values.size("trace.rtp_largest", 1024, 1L << 30)));
    }

    private Http http() {
        if (values.text("http.host").isEmpty()) values.refuse("http.host", "an address is expected");
        return new Http(
                values.text("http.host"),
                values.integer("http.port", 0, 65535),
                values.path("http.tls.keystore", folder)
                        .map(file -> new KeyStoreFile(file, new Secret(values.text("http.tls.password")))),
                Math.max(0.1, values.number("http.requests_per_second", 100_000)),
                values.integer("http.burst", 1, 100_000),
                values.integer("http.at_once", 1, 10_000),
                values.integer("http.streams", 1, 10_000),
                values.integer("http.connections", 10, 100_000));
    }

    private StoreOptions store() {
        Optional<String> url = values.maybe("store.url");
        if (url.isPresent() && !url.get().startsWith("jdbc:postgresql://")) {
            values.refuse(
                    "store.url", "jdbc:postgresql://host/database is expected, or nothing for the embedded store");
        }
        return new StoreOptions(
                url,
                values.text("store.user"),
                new Secret(values.text("store.password")),
                values.integer("store.connections", 1, 200),
                values.time("store.lease", Duration.ofSeconds(1), Duration.ofMinutes(10)));
    }

    private Network network() {
        int first = values.integer("rtp.first_port", 1024, 65534);
        int last = values.integer("rtp.last_port", 1025, 65535);
        if (first % 2 != 0) values.refuse("rtp.first_port", "an even port is expected");
        if (last <= first) values.refuse("rtp.last_port", "a higher port than rtp.first_port is expected");
        List<String> servers = values.list("sip.name_servers");
        for (String server : servers) {
            var unused = values.made("sip.name_servers", v -> Addresses.nameServer(server));
        }
        return new Network(
                values.maybe("sip.host"),
                values.integer("sip.port", 0, 65535),
                values.made("sip.public_address", v -> Addresses.reachedAt(v.maybe("sip.public_address")))
                        .flatMap(address -> address),
                values.flag("sip.learn_public_address"),
                servers,
                values.path("sip.tls_trust", folder),
                first,
                last);
    }

    private List<TrunkOptions> trunks() {
        var names = new HashSet<String>();
        var options = new ArrayList<TrunkOptions>();
        for (Values each : trunks) {
            if (!names.add(each.text("name"))) each.refuse("name", "another trunk has this name");
            options.add(TrunkReader.read(each));
        }
        return options;
    }

    private GuardPolicy guard() {
        GuardPolicy policy = GuardPolicy.STANDARD;
        Optional<String> home = values.maybe("guard.home");
        if (home.isPresent())
            policy = values.made("guard.home", v -> GuardPolicy.STANDARD.at(home.get()))
                    .orElse(policy);
        GuardPolicy athome = policy;
        policy = values.made(
                        "guard.countries",
                        v -> athome.toCountries(v.list("guard.countries").toArray(String[]::new)))
                .orElse(policy);
        GuardPolicy abroad = policy;
        policy = values.made("guard.allow", v -> abroad.withPrefixes(Set.copyOf(v.list("guard.allow")), Set.of()))
                .orElse(policy);
        GuardPolicy allowing = policy;
        policy = values.made(
                        "guard.deny", v -> allowing.withPrefixes(allowing.allowed(), Set.copyOf(v.list("guard.deny"))))
                .orElse(policy);
        for (String limit : values.list("guard.per_number")) {
            GuardPolicy before = policy;
            policy = values.made("guard.per_number", v -> before.limitedTo(limit(limit)))
                    .orElse(policy);
        }
        GuardPolicy limited = policy;
        Optional<String> quiet = values.maybe("guard.quiet_hours");
        return quiet.isEmpty()
                ? policy
                : values.made("guard.quiet_hours", v -> limited.quiet(quietHours(quiet.get())))
                        .orElse(limited);
    }

    private static NumberLimit limit(String text) {
        Matcher form = LIMIT.matcher(text);
        if (!form.matches() || Values.time(form.group(2)).isEmpty()) {
            throw new IllegalArgumentException("calls and a time are expected, as 3 in 1d");
        }
        return new NumberLimit(
                Integer.parseInt(form.group(1)), Values.time(form.group(2)).orElseThrow());
    }

    private static QuietHours quietHours(String text) {
        Matcher form = HOURS.matcher(text);
        try {
            if (form.matches()) return new QuietHours(LocalTime.parse(form.group(1)), LocalTime.parse(form.group(2)));
        } catch (DateTimeException none) {
            // Falls through: the form was right, the time was none.
        }
        throw new IllegalArgumentException("two times are expected, as 21:00-08:00");
    }

    private Webhooks webhooks() {
        Optional<String> secret = values.maybe("webhooks.callback_secret");
        if (secret.isPresent() && !SECRET.matcher(secret.get()).matches()) {
            values.refuse("webhooks.callback_secret", "whsec_ and 24 bytes or more in base64 are expected");
        }
        var reach = new Reach(values.flag("webhooks.private_addresses"), values.ports("webhooks.ports"));
        return new Webhooks(reach, secret.map(Secret::new));
    }

    private PaceLimits pace() {
        return TrunkReader.pace(
                values.number("pace.calls_per_second", 10_000), values.integer("pace.at_once", 0, 1_000_000));
    }

    private Optional<Tracing> tracing() {
        var headers = new LinkedHashMap<String, Secret>();
        for (String header : values.list("tracing.otlp.headers")) {
            Matcher form = HEADER.matcher(header);
            if (form.matches()) headers.put(form.group(1), new Secret(form.group(2)));
            else values.refuse("tracing.otlp.headers", "name=value is expected");
        }
        Optional<String> endpoint = values.maybe("tracing.otlp.endpoint");
        if (endpoint.isPresent() && !URL.matcher(endpoint.get()).matches()) {
            values.refuse("tracing.otlp.endpoint", "http://HOST:PORT/v1/traces or https://... is expected");
        }
        return endpoint.map(url -> new Tracing(url, headers, values.text("tracing.service_name")));
    }

    private Sounds sounds(Path data) {
        return new Sounds(
                new Reach(values.flag("sound.private_addresses"), values.ports("sound.ports")),
                values.size("sound.largest", 1024, 1L << 30),
                values.path("sound.media", folder).orElse(data.resolve("media")),
                values.path("sound.recordings", folder).orElse(data.resolve("recordings")),
                values.list("sound.speech").stream().map(this::speech).toList());
    }

    private SpeechEngine speech(String typed) {
        if (typed.startsWith("exec:")) {
            return new SpeechEngine.Program(
                    List.of(typed.substring("exec:".length()).strip().split(" +")), List.of());
        }
        if (typed.startsWith("http://") || typed.startsWith("https://")) {
            return new SpeechEngine.Service(typed, List.of());
        }
        if (typed.equals("freetts")) return new SpeechEngine.Embedded();
        if (!typed.matches("[A-Za-z0-9_.-]+")) {
            values.refuse(
                    "sound.speech", "freetts, exec:COMMAND, http://..., https://... or an engine's name is expected");
        }
        return new SpeechEngine.Provided(typed);
    }
}
