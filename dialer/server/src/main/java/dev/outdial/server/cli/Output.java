package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;

/** Where a command's words go: one JSON object alone on standard output, or everything for people there. */
final class Output {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter people;
    private final PrintWriter errors;
    private final PrintWriter results;
    private final boolean json;
    private final long startNanos = System.nanoTime();

    Output(CommandLine command, boolean json) {
        this.results = command.getOut();
        this.errors = command.getErr();
        this.people = json ? command.getErr() : results;
        this.json = json;
    }

    /** A line of live progress, with the seconds since the start. */
    synchronized void progress(String line) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        people.printf(Locale.ROOT, "%7.3f  %s%n", seconds, line);
        people.flush();
    }

    /** Lines that are no part of the result, on standard error. */
    synchronized void note(String lines) {
        errors.print(lines);
        errors.flush();
    }

    /** A line as it stands. */
    synchronized void line(String line) {
        people.println(line);
        people.flush();
    }

    /** Text that is the result as it stands. */
    synchronized void text(String text) {
        results.print(text);
        results.flush();
    }

    /** The result: as JSON if that was asked for. */
    synchronized void result(Object result, Runnable forPeople) {
        if (!json) {
            forPeople.run();
            return;
        }
        try {
            results.println(JSON.writeValueAsString(result));
            results.flush();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
