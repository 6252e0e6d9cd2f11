package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.config.ServerConfig;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.probe.SpokenTones;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.web.WebExchange;
import dev.outdial.testbed.web.WebRequestHead;
import dev.outdial.testbed.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * A whole server, as its user starts it, whose trunk is a loopback trunk with callees of the test's choice; a web server that sounds are
 * fetched from and that callbacks are sent to. What it says is spoken in tones, 720 ms for each text, so that it can be told what a callee
 * heard. Tests beside one another may share it: each call has a number of its own.
 */
public final class FacadeBench implements AutoCloseable {
    /** How long any text is spoken. */
    public static final long PHRASE_MILLIS = 720;

    /** The name of a file of settings. */
    public static final String SETTINGS = "outdial.yaml";

    public static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Sounds are put here with {@code on(...)}; it also takes callbacks at the paths of {@link #sink}. */
    public final WebServer web = WebServer.open();

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final Server server;

    /** A callback that came. @param millis when, by a clock of this machine's */
    public record Told(String method, String target, String body, Map<String, String> headers, long millis) {
        /** The path without its query. */
        public String path() {
            return URI.create(target).getPath();
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException broken) {
                throw new AssertionError("no JSON: " + body, broken);
            }
        }

        /** The decoded query, by names. */
        public Map<String, String> query() {
            var query = new HashMap<String, String>();
            String raw = URI.create(target).getRawQuery();
            if (raw != null) {
                for (String pair : raw.split("&")) {
                    String[] parts = pair.split("=", 2);
                    query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
                }
            }
            return query;
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    /**
     * Starts one.
     *
     * @param folder where it may have a file of settings, {@link #SETTINGS}, for what the environment does not take: trunks
     * @param callees who is called, besides those of {@link DialPlan#standard}
     * @param environment settings of the server, as {@code OUTDIAL_FACADES_BANDWIDTH_CREDENTIALS} and its value, by turns; {@code {web}}
     *     in a value is where the web server is
     */
    public FacadeBench(Path folder, DialPlan callees, String... environment) {
        this(folder, callees, InstantSource.system(), environment);
    }

    /** Starts one by another clock for the time of day: of schedules, counters, tokens and events. */
    public FacadeBench(Path folder, DialPlan callees, InstantSource clock, String... environment) {
        String port = Integer.toString(web.port());
        var all = new HashMap<>(Map.of(
                "OUTDIAL_HTTP_PORT", "0",
                "OUTDIAL_LOOPBACK_TRUNK", "true",
                "OUTDIAL_SIP_HOST", "127.0.0.1",
                "OUTDIAL_SIP_PORT", "0",
                "OUTDIAL_SOUND_PRIVATE_ADDRESSES", "true",
                "OUTDIAL_SOUND_PORTS", port,
                "OUTDIAL_SOUND_SPEECH", "tones",
                "OUTDIAL_WEBHOOKS_PRIVATE_ADDRESSES", "true",
                "OUTDIAL_WEBHOOKS_PORTS", port,
                "OUTDIAL_DRAIN", "0s"));
        // Tests that look again and again are many at once.
        all.put("OUTDIAL_HTTP_REQUESTS_PER_SECOND", "2000");
        all.put("OUTDIAL_HTTP_BURST", "2000");
        for (int i = 0; i < environment.length; i += 2) {
            all.put(
                    environment[i],
                    environment[i + 1].replace("{web}", web.uri("").toString()));
        }
        Path file = folder.resolve(SETTINGS);
        ServerConfig config = Files.exists(file) ? ConfigReader.read(file, all) : ConfigReader.withoutFile(folder, all);
        server = Server.startWithKey(config, callees, clock);
    }

    /** Where the server is reached, as {@code http://127.0.0.1:8080}. */
    public String url() {
        return server.url();
    }

    /** The access key of its native API, for everything. */
    public String nativeKey() {
        return server.key().orElseThrow().text();
    }

    public LoopbackTrunk trunk() {
        return server.bench().orElseThrow();
    }

    /** Sends a request; headers by turns with their values. */
    public HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public HttpResponse<String> send(String method, String path, byte[] body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(SOON)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    public static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    public static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    /** Takes callbacks at that path with that status; where they come to is answered. */
    public String sink(String path, int status) {
        web.on(path, exchange -> answer(exchange, status));
        return web.uri(path).toString();
    }

    /** Takes callbacks at that path with 200, the first of them after a pause; where they come to is answered. */
    public String stallingSink(String path, Duration pause) {
        web.on(path, exchange -> {
            boolean isFirst = told(path).isEmpty();
            note(exchange);
            if (isFirst) exchange.pause((int) pause.toMillis());
            exchange.send("HTTP/1.1 200 Told\nContent-Length: 0\nConnection: close\n\n");
        });
        return web.uri(path).toString();
    }

    private void answer(WebExchange exchange, int status) throws IOException {
        note(exchange);
        exchange.send("HTTP/1.1 " + status + " Told\nContent-Length: 0\nConnection: close\n\n");
    }

    private void note(WebExchange exchange) throws IOException {
        WebRequestHead head = exchange.request();
        told.add(new Told(head.method(), head.target(), body(exchange), head.headers(), System.nanoTime() / 1_000_000));
    }

    private static String body(WebExchange exchange) throws IOException {
        int length = exchange.request()
                .header("Content-Length")
                .map(Integer::parseInt)
                .orElse(0);
        byte[] body = new byte[length];
        int have = 0;
        while (have < length) {
            byte[] part = new byte[length - have];
            int count = exchange.read(part);
            if (count < 0) throw new IOException("a callback broke off");
            System.arraycopy(part, 0, body, have, count);
            have += count;
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    /** What came to that path, in order. */
    public List<Told> told(String path) {
        return told.stream().filter(one -> one.path().equals(path)).toList();
    }

    /** Waits until so many came there, and answers all that did. */
    public List<Told> awaitTold(String path, int count) throws InterruptedException {
        await(
                count + " callbacks at " + path + ", have " + told(path),
                () -> told(path).size() >= count);
        return told(path);
    }

    /** Waits for the world outside, which tells us nothing sooner. */
    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** All calls that came to that number, as it is dialled there. */
    public List<TrunkCall> callsTo(String number) {
        return trunk().calls().stream()
                .filter(call -> call.number().equals(number))
                .toList();
    }

    /** The first call to that number as it is now. */
    public TrunkCall callNow(String number) {
        return callsTo(number).getFirst();
    }

    /** Waits until a call comes to that number. */
    public TrunkCall awaitCallTo(String number) throws InterruptedException {
        await("a call to " + number, () -> !callsTo(number).isEmpty());
        return callsTo(number).getFirst();
    }

    /** The first call to that number, when it is over. */
    public TrunkCall awaitEndOfCallTo(String number) throws InterruptedException {
        String id = awaitCallTo(number).callId();
        return trunk().awaitEnd(id, SOON).orElseThrow(() -> new AssertionError("the call to " + number + " goes on"));
    }

    /** What was said in a call that is over, in order; only these texts are known. */
    public static List<String> phrases(TrunkCall call, String... texts) {
        var known = new HashMap<String, String>();
        for (String text : texts) known.put(SpokenTones.code(text), text);
        return SpokenTones.spoken(pcm(call)).stream()
                .map(spoken -> known.getOrDefault(spoken.code(), "unknown words " + spoken.code()))
                .toList();
    }

    /** How long a tone was heard in all. */
    public static long millisOf(int hertz, TrunkCall call) {
        return ToneProbe.hertz(hertz).tones(pcm(call)).stream()
                .filter(tone -> tone.endMillis() - tone.startMillis() >= 100)
                .mapToLong(tone -> tone.endMillis() - tone.startMillis())
                .sum();
    }

    private static short[] pcm(TrunkCall call) {
        return call.media()
                .orElseThrow(() -> new AssertionError("no sound in " + call.glance()))
                .pcm();
    }

    @Override
    public void close() {
        server.close();
        web.close();
    }
}
