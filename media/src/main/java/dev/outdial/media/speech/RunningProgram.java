package dev.outdial.media.speech;

import dev.outdial.media.file.FileTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a program to its end, without a shell: text in, bytes out, both bounded; when its time is over, it is ended with all that it started.
 * <b>Threading:</b> one caller, which waits.
 */
final class RunningProgram {
    private static final int MAX_ERROR_BYTES = 1000;
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final String name;
    private final Duration limit;
    private final long maxBytes;
    private final RunningPrograms programs;

    /**
     * A program that is yet to be run.
     *
     * @param maxBytes how much it may write
     * @param programs those that end with their engine
     */
    RunningProgram(String name, Duration limit, long maxBytes, RunningPrograms programs) {
        this.programs = programs;
        this.name = name;
        this.limit = limit;
        this.maxBytes = maxBytes;
    }

    /**
     * Runs it.
     *
     * @param command the program and its arguments
     * @param input what it reads on its standard input
     * @param output takes what it writes to its standard output
     * @throws SpeechException where it cannot be started, ends with another status than 0, writes too much or takes too long
     */
    void run(List<String> command, String input, OutputStream output) throws SpeechException, InterruptedException {
        Process process = start(command);
        Set<ProcessHandle> started = new HashSet<>();
        try {
            CompletableFuture<String> errors = apart("stderr", () -> firstLine(process.getErrorStream()));
            var unused = apart("stdin", () -> feed(process.getOutputStream(), input));
            CompletableFuture<Long> written = apart("stdout", () -> copy(process.getInputStream(), output));
            long end = System.nanoTime() + limit.toNanos();
            await(process, written, started, end);
            judge(process.waitFor(), result(errors, end), result(written, end));
        } catch (SpeechException failed) {
            // Ended by us: what it says of that, and its broken pipes, are nobody's business.
            if (programs.isClosed()) throw new SpeechException(name + " is closed", failed);
            throw failed;
        } finally {
            process.descendants().forEach(started::add);
            started.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            programs.ended(process);
        }
    }

    private Process start(List<String> command) throws SpeechException {
        if (programs.isClosed()) throw new SpeechException(name + " is closed");
        var builder = new ProcessBuilder(command);
        // Passwords that were given to us are not the program's business.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("OUTDIAL_"));
        try {
            return programs.start(builder);
        } catch (IOException missing) {
            throw new SpeechException(name + " cannot be started: is it installed, and on the PATH?", missing);
        }
    }

    private interface Work<T> {
        T get() throws IOException;
    }

    private <T> CompletableFuture<T> apart(String what, Work<T> work) {
        var done = new CompletableFuture<T>();
        Thread.ofPlatform().daemon().name("outdial-speech-" + what).start(() -> {
            try {
                done.complete(work.get());
            } catch (Throwable failed) {
                done.completeExceptionally(failed);
            }
        });
        return done;
    }

    /** Waits for its end, and knows by then what it has started. */
    private void await(Process process, CompletableFuture<Long> written, Set<ProcessHandle> started, long end)
            throws InterruptedException, SpeechException {
        while (!process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(started::add);
            if (written.isCompletedExceptionally()) result(written, end);
            if (System.nanoTime() - end > 0) throw tooLong();
        }
    }

    private <T> T result(CompletableFuture<T> future, long end) throws InterruptedException, SpeechException {
        try {
            // What it has started may still hold its output.
            return future.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException open) {
            throw tooLong();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SpeechException sentence) throw sentence;
            throw new SpeechException(
                    name + ": what it says cannot be kept: " + FileTrouble.why(failed.getCause()), failed);
        }
    }

    private SpeechException tooLong() {
        return new SpeechException(name + " took longer than " + limit.toMillis() / 1000.0 + " s and was ended");
    }

    private void judge(int status, String error, long byteLength) throws SpeechException {
        String said = error.isEmpty() ? "" : ": " + error;
        if (status != 0) throw new SpeechException(name + " ended with status " + status + said);
        if (byteLength == 0) throw new SpeechException(name + " wrote no sound" + said);
    }

    private static long feed(OutputStream to, String input) {
        try (to) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            // It need not read all of it; its status tells how it went.
        }
        return input.length();
    }

    private long copy(InputStream from, OutputStream to) throws IOException {
        long total = 0;
        byte[] piece = new byte[8192];
        for (int n; (n = from.read(piece)) >= 0; ) {
            total += n;
            if (total > maxBytes)
                throw new SpeechException(name + " wrote more than " + maxBytes + " bytes and was ended");
            to.write(piece, 0, n);
        }
        return total;
    }

    /** All is read, or the program would wait for somebody to. */
    private static String firstLine(InputStream from) throws IOException {
        byte[] first = from.readNBytes(MAX_ERROR_BYTES);
        byte[] rest = new byte[8192];
        while (from.read(rest) >= 0) {
            // nobody wants it
        }
        String line = new String(first, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return ScriptReader.inOneLine(line.length() > 200 ? line.substring(0, 200) : line);
    }
}
