package dev.outdial.server.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A program of others that runs beside a test. What it prints is kept for the message of a failure; closing it ends it and
 * all that it started.
 *
 * <p><b>Threading:</b> any thread; one of its own reads what the program prints.
 */
final class PeerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private boolean atEnd;

    private PeerProcess(String name, Process process, boolean errorsInOutput) {
        this.name = name;
        this.process = process;
        this.reader = Thread.ofPlatform()
                .daemon()
                .name(name + "-output")
                .start(() -> read(errorsInOutput ? process.inputReader(UTF_8) : process.errorReader(UTF_8)));
    }

    /** Starts {@code command} in {@code folder}, without input, its standard error joined to its output. */
    static PeerProcess start(String name, Path folder, List<String> command) {
        return start(
                name, new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true));
    }

    /** Starts {@code command} as {@link #start} does, but with its standard output in a file of its own. */
    static PeerProcess start(
            String name, Path folder, List<String> command, Map<String, String> environment, Path output) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return start(name, builder);
    }

    private static PeerProcess start(String name, ProcessBuilder builder) {
        builder.redirectInput(Path.of("/dev/null").toFile());
        // Debian puts kamailio where only root's path looks.
        builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            return new PeerProcess(name, builder.start(), builder.redirectErrorStream());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot start " + builder.command() + ": is its package installed? See .ci/run", e);
        }
    }

    /** Runs a tool to its end and returns its standard output; what it says on standard error is for a failure's message. */
    static String run(List<String> command) {
        try {
            var errors = Files.createTempFile("outdial-interop", ".err");
            try {
                var process = new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectError(errors.toFile())
                        .start();
                var output = new String(process.getInputStream().readAllBytes(), UTF_8);
                int status = process.waitFor();
                if (status != 0) {
                    throw new AssertionError(command + " ended with " + status + ": " + Files.readString(errors));
                }
                return output;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command + ": is its package installed? See .ci/run", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void read(BufferedReader output) {
        try (output) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            // The pipe of a program that was ended may break off; what came until then is kept.
        } finally {
            synchronized (lines) {
                atEnd = true;
                lines.notifyAll();
            }
        }
    }

    /** The first line, printed already or soon, that {@code wanted} accepts; an {@link AssertionError} when none comes. */
    String awaitLine(String what, Duration patience, Predicate<String> wanted) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (lines) {
            for (int seen = 0; ; seen++) {
                while (seen == lines.size()) {
                    long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (atEnd || leftMillis <= 0) {
                        throw new AssertionError(
                                name + (atEnd ? " ended without: " : " did not print in time: ") + what + "\n" + log());
                    }
                    try {
                        lines.wait(leftMillis);
                    } catch (InterruptedException e) {
                        throw interrupted(e);
                    }
                }
                if (wanted.test(lines.get(seen))) return lines.get(seen);
            }
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The program's exit status; an {@link AssertionError} when it does not end within {@code patience}. */
    int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " still runs after " + patience + "\n" + log());
            }
            reader.join(PATIENCE);
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Asks the program to end, as the user of a terminal or a service manager does. */
    void terminate() {
        process.destroy();
    }

    /** What the program has printed, line by line. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** What the program has printed, under a heading. */
    String log() {
        return "---- " + name + " printed:\n" + String.join("\n", lines()) + "\n----";
    }

    @Override
    public void close() {
        var offspring = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) process.destroyForcibly();
            offspring.forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
            reader.join(PATIENCE);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", cause);
    }
}
