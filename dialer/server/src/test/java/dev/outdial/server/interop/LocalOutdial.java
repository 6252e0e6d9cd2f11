package dev.outdial.server.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.cli.CommandLineRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@code outdial ... --json} that runs in this process, on a thread of its own: where what is judged is the signalling, a
 * virtual machine a call would be most of the test's time.
 */
final class LocalOutdial implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LOOK_AGAIN_MILLIS = 20;

    private final StringWriter results = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final Thread thread;
    private volatile int status = -1;

    private LocalOutdial(List<String> command) {
        var arguments = command.toArray(String[]::new);
        thread = Thread.ofPlatform()
                .daemon()
                .name("outdial-" + command.getFirst())
                .start(() -> {
                    status = CommandLineRun.outdial(
                            new PrintWriter(results, true), new PrintWriter(errors, true), arguments);
                });
    }

    /** Begins a call to a SIP URI or, with {@code --trunk} among the options, to a number. */
    static LocalOutdial call(String target, String... options) {
        var command = new ArrayList<>(List.of("call", target, "--local", Ports.HOST, "--json"));
        command.addAll(List.of(options));
        return new LocalOutdial(command);
    }

    /** Waits for calls that a trunk at {@code trunkPort} brings to {@code port}, without a registration. */
    static LocalOutdial answer(int port, int trunkPort, String... options) {
        var command = new ArrayList<>(List.of("--trunk", "sip:trunk@127.0.0.1:" + trunkPort, "--no-register"));
        command.addAll(List.of(options));
        return answer(port, command.toArray(String[]::new));
    }

    /** Waits for calls as the options say. */
    static LocalOutdial answer(int port, String... options) {
        var command = new ArrayList<>(List.of("answer", "--local", Ports.HOST + ":" + port, "--json"));
        command.addAll(List.of(options));
        var outdial = new LocalOutdial(command);
        outdial.awaitLine("waiting for calls");
        return outdial;
    }

    /** Waits until a line on standard error has this in it, printed already or soon. */
    void awaitLine(String wanted) {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() - end < 0; ) {
            boolean over = !thread.isAlive();
            if (errors.toString().contains(wanted)) return;
            if (over) throw new AssertionError("outdial ended without: " + wanted + "\n" + errors);
            join(LOOK_AGAIN_MILLIS);
        }
        throw new AssertionError("outdial did not say: " + wanted + "\n" + errors);
    }

    /** Waits for the end of a command that has one result. */
    Outdial.Result awaitResult() {
        var all = awaitResults();
        if (all.size() != 1) throw new AssertionError(all.size() + " results\n" + results + errors);
        return all.getFirst();
    }

    /** Waits for the command's end: a result a call, in their order. */
    List<Outdial.Result> awaitResults() {
        join((int) PATIENCE.toMillis());
        if (thread.isAlive()) throw new AssertionError("outdial still runs after " + PATIENCE + "\n" + errors);
        try (var values = new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(results.toString())) {
            return values.readAll().stream()
                    .map(json -> new Outdial.Result(
                            status, json, errors.toString().lines().toList()))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("standard output is not JSON: " + results + "\n" + errors, e);
        }
    }

    private void join(int millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public String toString() {
        return "outdial said:\n" + results + errors;
    }

    /** Ends the command as its own end does, if it has not ended. */
    @Override
    public void close() {
        thread.interrupt();
        join((int) PATIENCE.toMillis());
    }
}
