package dev.outdial.server.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./outdial call ... --json} as a user runs it, from the repository's root. */
final class Outdial implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final PeerProcess process;
    private final Path output;

    private Outdial(PeerProcess process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** A finished run: its exit status, the one JSON object on standard output, and what it said on standard error. */
    record Result(int exitStatus, JsonNode json, List<String> errors) {
        String text(String field) {
            return json.path(field).asText();
        }

        @Override
        public String toString() {
            return "exit " + exitStatus + ", " + json + "\n" + String.join("\n", errors);
        }
    }

    /** Begins a call to a SIP URI or, with {@code --trunk} among the options, to a number. */
    static Outdial call(Path folder, String target, String... options) {
        return call(folder, Map.of(), target, options);
    }

    /** Begins a call with a password, handed over as the environment variable that is meant for it. */
    static Outdial callWithPassword(Path folder, String password, String target, String... options) {
        return call(folder, Map.of("OUTDIAL_PASSWORD", password), target, options);
    }

    /** Begins many calls, {@code outdial load}. */
    static Outdial load(Path folder, String target, String... options) {
        return start(folder, "load", Map.of(), target, options);
    }

    private static Outdial call(Path folder, Map<String, String> environment, String target, String... options) {
        return start(folder, "call", environment, target, options);
    }

    private static Outdial start(
            Path folder, String what, Map<String, String> environment, String target, String... options) {
        var command = new ArrayList<>(List.of("./outdial", what, target, "--local", Ports.HOST, "--json"));
        command.addAll(List.of(options));
        try {
            var output = Files.createTempFile(folder, "outdial", ".json");
            return new Outdial(PeerProcess.start("outdial", root(), command, environment, output), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("mvnw"))) return folder;
        }
        throw new AssertionError("no mvnw above " + Path.of("").toAbsolutePath());
    }

    /** Waits until the call rings, by what the command says on standard error. */
    void awaitRinging() {
        process.awaitLine("ringing", PATIENCE, line -> line.contains("ringing"));
    }

    /** SIGTERM. */
    void terminate() {
        process.terminate();
    }

    Result awaitResult() {
        int status = process.awaitExit(PATIENCE);
        String text;
        try {
            text = Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // More than one object, or anything beside it, is an error here.
        try (var values = new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            var all = values.readAll();
            if (all.size() == 1) return new Result(status, all.get(0), process.lines());
        } catch (IOException e) {
            throw new AssertionError(unreadable(status, text), e);
        }
        throw new AssertionError(unreadable(status, text));
    }

    private String unreadable(int status, String text) {
        return "exit " + status + ", and standard output is not one JSON object: " + text + "\n" + process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}
