package dev.outdial.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * An {@code outdial} command in a process of its own, with this process's Java, class path and flags. Its complaints go where ours
 * go. One owner, but for {@link #kill}.
 */
final class Child implements AutoCloseable {
    private static final String MAIN = "dev.outdial.server.Main";
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Process process;
    private final BufferedReader words;

    private Child(Process process) {
        this.process = process;
        words = process.inputReader();
    }

    /** Starts a command, on one core alone where that is given. */
    static Child start(OptionalInt core, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (core.isPresent()) {
            command.addAll(List.of(Pinning.COMMAND, "-c", String.valueOf(core.getAsInt())));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-X"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(arguments);
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /**
     * Reads until a line holds that.
     *
     * @throws IOException if the process ends before
     */
    String awaitLine(String part) throws IOException {
        for (String line = words.readLine(); line != null; line = words.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new IOException("the process ended without saying '" + part + "'");
    }

    /** CPU time that it has taken so far; NaN where the system does not say. */
    double cpuSeconds() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .map(time -> time.toMillis() / 1e3)
                .orElse(Double.NaN);
    }

    /** Asks it to end and waits until it has. */
    void end() throws InterruptedException, IOException {
        // Process.destroy would close the stream from which its last words are read.
        process.toHandle().destroy();
        awaitEnd();
    }

    /**
     * Waits until it has ended by itself.
     *
     * @return its exit status
     */
    int awaitEnd() throws InterruptedException, IOException {
        words.lines().forEach(line -> {});
        if (!process.waitFor(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the process did not end within " + LAST_WORDS.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /** Ends it at once; whoever reads its words sees their end. Any thread. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Ends it, if it has not, and waits until it is gone: then it writes nothing more. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
