package dev.outdial.server.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code outdial serve} in a process of its own, on a folder that outlives it. <b>Threading:</b> one owner; {@link #request} and {@link
 * #url} from any.
 */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern KEY = Pattern.compile("\\bod_[A-Za-z0-9_-]{20,}");

    private final Path folder;
    private final Wanted wanted;
    private final int port;
    private final Path log;
    private String key = "";
    private Process process;

    /**
     * How it is set up.
     *
     * @param channels of the trunk; 0 for any number
     * @param callsPerSecond of the trunk; 0 for any number
     * @param environment settings besides, as {@code OUTDIAL_STORE_URL}
     */
    record Wanted(int trunkPort, int channels, int callsPerSecond, Map<String, String> environment) {}

    private ServerProcess(Path folder, Wanted wanted) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.wanted = wanted;
        this.port = freePort();
        this.log = folder.resolve("server.log");
        this.process = new ProcessBuilder("true").start();
    }

    /** Prepares a folder: a configuration and a key. Nothing runs yet. */
    static ServerProcess in(Path folder, Wanted wanted) throws IOException, InterruptedException {
        var server = new ServerProcess(folder, wanted);
        server.key = server.init();
        server.configure();
        return server;
    }

    /** Prepares another one of the same settings, which has a folder of its own and shares the store, and so the key. */
    ServerProcess beside(Path another) throws IOException {
        var server = new ServerProcess(another, wanted);
        server.key = key;
        server.configure();
        return server;
    }

    private void configure() throws IOException {
        Files.writeString(
                config(), """
                data: outdial-data
                http:
                  port: %d
                  requests_per_second: 100000
                  burst: 100000
                  at_once: 1000
                sip:
                  host: 127.0.0.1
                  port: 0
                  learn_public_address: false
                webhooks:
                  private_addresses: true
                  ports: []
                trunks:
                  - name: testbed
                    host: 127.0.0.1
                    port: %d
                    username: alice
                    register: false
                    max_channels: %d
                    max_cps: %d
                """.formatted(port, wanted.trunkPort(), wanted.channels(), wanted.callsPerSecond()));
    }

    private Path config() {
        return folder.resolve("outdial.yaml");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private ProcessBuilder command(String... arguments) {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.outdial.server.Main"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment().putAll(wanted.environment());
        return process;
    }

    /** Writes a configuration and the first key, which is what is wanted of it. */
    private String init() throws IOException, InterruptedException {
        Process init = command("init", "--dir", folder.toString()).start();
        if (!init.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || init.exitValue() != 0) {
            throw new IOException("outdial init: " + Files.readString(log));
        }
        Matcher found = KEY.matcher(Files.readString(log));
        if (!found.find()) throw new IOException("outdial init tells no key: " + Files.readString(log));
        return found.group();
    }

    /** Starts it and waits until it is ready. @return how long that took */
    Duration start() throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        process = command("serve", "--config", config().toString()).start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!isReady(http)) {
                if (!process.isAlive() || System.nanoTime() - startNanos > PATIENCE.toNanos()) {
                    throw new IOException("the server does not get ready: " + lastWords());
                }
                Thread.sleep(20);
            }
        }
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private boolean isReady(HttpClient http) throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(url("/readyz")))
                                            .timeout(Duration.ofSeconds(1))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log).stream()
                .filter(line -> !line.contains("d.o.s.h.access:"))
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, and waits until it is over. @return whether it was within the time */
    boolean terminate(Duration within) throws InterruptedException {
        process.destroy();
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGSTOP: it does nothing and does not know it. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if nothing had been. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
        if (kill.waitFor() != 0) throw new IOException("the server cannot be sent SIG" + name);
    }

    /** Whether its log says that. */
    boolean says(String words) throws IOException {
        return Files.readString(log).contains(words);
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** A request with the key. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
