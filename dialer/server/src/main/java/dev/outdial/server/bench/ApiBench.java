package dev.outdial.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long a server takes to accept a call, stored with a sync to the disk, while others are up. The server and the callees are processes
 * of their own. Requests are made at fixed times, whether those before were answered or not, and their time counts from when they were
 * to be made: a server that stalls is not asked less.
 *
 * <p>The calls that are measured are to be dialled an hour later, so that those that are up stay as many as they are.
 *
 * <p><b>Threading:</b> one owner, but for {@link #end}.
 */
public final class ApiBench {
    /** The targets on two cores. */
    static final double P50_MILLIS = 5;

    static final double P99_MILLIS = 25;

    private static final long TARGET_NANOS = (long) (P99_MILLIS * 1e6);
    private static final int CALLS_UP = 100;
    private static final int PER_SECOND = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LOOK_SECONDS = 5;
    private static final int CREATED = 201;
    private static final Pattern TRUNK_PORT = Pattern.compile("listens at \\S+?:(\\d+),");
    private static final Pattern KEY = Pattern.compile("\\bod_[0-9A-Za-z_]+");
    private static final Pattern URL = Pattern.compile("http://\\S+");
    private static final JsonMapper JSON = new JsonMapper();

    private final Duration warmUp;
    private final Duration time;
    private final Consumer<String> progress;
    private final Children children = new Children();
    private final AtomicInteger numbers = new AtomicInteger();

    /** What came of it, and what the disk had to do with it. */
    public record Findings(Result result, DiskSyncs disk) {}

    /**
     * What came of it, in milliseconds.
     *
     * @param requests how many were made and measured
     * @param failed how many of them were not accepted
     * @param callsUp how many calls were up at the end
     * @param slowBefore for how much of the time the machine itself was slow before anything was started, 0 to 1
     * @param slowPart the same while it was measured
     * @param undisturbed how many requests were made while it was not, nor in the time that p99's target leaves them
     * @param undisturbedP50 of these
     * @param undisturbedP99 of these
     */
    public record Result(
            int requests,
            int failed,
            int callsUp,
            double p50,
            double p99,
            double longest,
            double slowBefore,
            double slowPart,
            int undisturbed,
            double undisturbedP50,
            double undisturbedP99) {
        /**
         * @param atNanos when each was to be made
         * @param before how the machine was before anything was started
         * @param slowness how it was meanwhile
         */
        static Result of(long[] atNanos, long[] nanos, int failed, int callsUp, Slowness before, Slowness slowness) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            long[] beside = IntStream.range(0, nanos.length)
                    .filter(i -> !slowness.touches(atNanos[i], atNanos[i] + TARGET_NANOS))
                    .mapToLong(i -> nanos[i])
                    .sorted()
                    .toArray();
            return new Result(
                    sorted.length,
                    failed,
                    callsUp,
                    at(sorted, 0.5),
                    at(sorted, 0.99),
                    at(sorted, 1),
                    before.part(),
                    slowness.part(),
                    beside.length,
                    at(beside, 0.5),
                    at(beside, 0.99));
        }

        private static double at(long[] sorted, double part) {
            if (sorted.length == 0) return 0;
            return sorted[Math.max(0, (int) Math.ceil(sorted.length * part) - 1)] / 1e6;
        }

        /** Whether both targets were met, by requests that were all accepted, while all calls were up. */
        public boolean met() {
            return failed == 0 && callsUp >= CALLS_UP && p50 < P50_MILLIS && p99 < P99_MILLIS;
        }

        /** A line for people. */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "POST /api/v1/calls, %d requests at %d/s, %d calls up: p50 %.2f ms (target %.0f), p99 %.2f ms (target"
                            + " %.0f), longest %.2f ms, %d failed",
                    requests,
                    PER_SECOND,
                    callsUp,
                    p50,
                    P50_MILLIS,
                    p99,
                    P99_MILLIS,
                    longest,
                    failed);
        }

        /** A line for people on what the machine had to do with it. */
        public String machineLine() {
            return String.format(
                    Locale.ROOT,
                    "the machine itself was slow %.1f %% of the time, and %.1f %% before anything ran (a loop took %.1f"
                            + " times its usual CPU time or more); the %d requests beside that: p50 %.2f ms, p99 %.2f ms",
                    slowPart * 100,
                    slowBefore * 100,
                    Slowness.FACTOR,
                    undisturbed,
                    undisturbedP50,
                    undisturbedP99);
        }
    }

    /**
     * @param warmUp how long the same is done before and not measured, a second or more: until the compiler is done, it and the requests
     *     wait for each other
     * @param time how long it is measured, a second or more
     */
    public ApiBench(Duration warmUp, Duration time, Consumer<String> progress) {
        if (warmUp.toSeconds() < 1 || time.toSeconds() < 1)
            throw new IllegalArgumentException("a bench of " + time + " after " + warmUp);
        this.warmUp = warmUp;
        this.time = time;
        this.progress = progress;
    }

    /** Ends what runs, at once. Any thread. */
    public void end() {
        children.end();
    }

    /** @throws IOException where a process cannot be started, breaks off, or says nothing that makes sense */
    public Findings run() throws IOException, InterruptedException {
        try (var canary = Canary.start()) {
            return run(canary, idle(canary));
        }
    }

    private Slowness idle(Canary canary) throws InterruptedException {
        progress.accept("looking at the machine for " + LOOK_SECONDS + " s");
        TimeUnit.SECONDS.sleep(1); // until the loop is compiled
        long fromNanos = System.nanoTime();
        TimeUnit.SECONDS.sleep(LOOK_SECONDS);
        return canary.since(fromNanos);
    }

    private Findings run(Canary canary, Slowness idle) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("outdial-bench");
        try (Child callees = children.start(
                OptionalInt.empty(), List.of("testbed", "--count-only", "--listen", "127.0.0.1:0", "--password", ""))) {
            String trunkPort = found(TRUNK_PORT, callees.awaitLine("listens at "), 1);
            String key;
            try (Child init = children.start(OptionalInt.empty(), List.of("init", "--dir", folder.toString()))) {
                key = found(KEY, init.awaitLine("access key"), 0);
                if (init.awaitEnd() != 0) throw new IOException("outdial init failed");
            }
            Path config = folder.resolve("outdial.yaml");
            Files.writeString(config, config(trunkPort));
            try (Child server = children.start(OptionalInt.empty(), List.of("serve", "--config", config.toString()));
                    HttpClient http = HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .build()) {
                String url = found(URL, server.awaitLine("ready"), 0);
                return measured(new Asker(http, url, key), canary, idle);
            }
        } finally {
            delete(folder);
        }
    }

    private static String config(String trunkPort) {
        return """
                data: outdial-data
                log:
                  level: warn
                http:
                  port: 0
                  requests_per_second: 100000
                  burst: 100000
                  at_once: 10000
                sip:
                  host: 127.0.0.1
                  port: 0
                  learn_public_address: false
                trunks:
                  - name: callees
                    host: 127.0.0.1
                    port: %s
                    username: alice
                    register: false
                    max_channels: 0
                    max_cps: 0
                """.formatted(trunkPort);
    }

    private static String found(Pattern pattern, String line, int group) throws IOException {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.find()) throw new IOException("a process says '" + line + "'");
        return matcher.group(group);
    }

    private Findings measured(Asker asker, Canary canary, Slowness idle) throws IOException, InterruptedException {
        for (int i = 0; i < CALLS_UP; i++) {
            if (!asker.place(body(""))) throw new IOException("the server accepts no calls");
            Thread.sleep(20);
        }
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        while (asker.callsUp() < CALLS_UP) {
            if (System.nanoTime() - endNanos > 0) throw new IOException("only " + asker.callsUp() + " calls are up");
            Thread.sleep(200);
        }
        progress.accept(CALLS_UP + " calls are up");
        var unused = atFixedTimes(asker, warmUp, canary, idle);
        progress.accept("measuring for " + time.toSeconds() + " s");
        DiskSyncs before = asker.syncs();
        Result result = atFixedTimes(asker, time, canary, idle);
        return new Findings(result, asker.syncs().since(before));
    }

    private Result atFixedTimes(Asker asker, Duration howLong, Canary canary, Slowness idle)
            throws IOException, InterruptedException {
        int count = (int) (PER_SECOND * howLong.toSeconds());
        long[] dueNanos = new long[count];
        long[] nanos = new long[count];
        var failed = new AtomicInteger();
        var left = new CountDownLatch(count);
        String later = "\"schedule\":{\"not_before\":\"" + Instant.now().plusSeconds(3600) + "\"}";
        long startNanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long atNanos = startNanos + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
            for (long wait = atNanos - System.nanoTime(); wait > 0; wait = atNanos - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            int index = i;
            dueNanos[index] = atNanos;
            String body = body(later);
            var unused = Thread.ofVirtual().start(() -> {
                if (!asker.place(body)) failed.incrementAndGet();
                nanos[index] = System.nanoTime() - atNanos;
                left.countDown();
            });
        }
        if (!left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new IOException("requests are not answered");
        return Result.of(dueNanos, nanos, failed.get(), asker.callsUp(), idle, canary.since(startNanos));
    }

    private String body(String more) {
        String number = String.format(Locale.ROOT, "+49302%07d", numbers.incrementAndGet());
        return "{\"to\":\"" + number + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    /** Who asks the server. */
    private record Asker(HttpClient http, String url, String key) {
        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
                    .timeout(Duration.ofSeconds(30))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json");
        }

        /** Whether it is accepted. */
        boolean place(String body) {
            try {
                return http.send(
                                        request("/calls")
                                                .POST(BodyPublishers.ofString(body))
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode()
                        == CREATED;
            } catch (IOException broken) {
                return false;
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        int callsUp() throws IOException, InterruptedException {
            JsonNode page = JSON.readTree(http.send(
                            request("/calls?status=progressing&limit=200").GET().build(), BodyHandlers.ofString())
                    .body());
            return page.path("items").size();
        }

        DiskSyncs syncs() throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(URI.create(url + "/metrics"))
                    .timeout(Duration.ofSeconds(30))
                    .header("Authorization", "Bearer " + key)
                    .build();
            return DiskSyncs.of(http.send(request, BodyHandlers.ofString()).body());
        }

        @Override
        public String toString() {
            return url;
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
