package dev.outdial.dialer.flow.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One caller of a simulation: what somebody does and when, and how the world around the call is. Immutable.
 *
 * @param name what the caller is called; may be empty
 * @param lines what is said of the caller, in order
 * @param callees who answers at numbers that the flow calls by itself, by target
 */
public record CallerScript(String name, List<CallerLine> lines, Map<String, CallerScript> callees) {
    /** Answers after 3 s and says nothing. */
    public static final CallerScript SILENT = new CallerScript("", List.of(), Map.of());

    /** Copies both. */
    public CallerScript {
        lines = List.copyOf(lines);
        callees = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(callees));
    }

    /**
     * Reads a script of one caller, such as {@code "presses 1 after \"Press 1\""}.
     *
     * @throws ScriptException if it cannot be read, or has several callers
     */
    public static CallerScript of(String text) {
        List<CallerScript> callers = readAll(text);
        if (callers.size() != 1) {
            throw new ScriptException(1, callers.size() + " callers: one is expected here");
        }
        return callers.getFirst();
    }

    /**
     * Reads a script of one caller or several.
     *
     * @return the callers in order, at least one
     * @throws ScriptException if it cannot be read; says in which line and what was expected
     */
    public static List<CallerScript> readAll(String text) {
        return new ScriptReader(text).read();
    }

    /** The same with a line more. */
    public CallerScript with(CallerLine line) {
        var more = new ArrayList<>(lines);
        more.add(line);
        return new CallerScript(name, more, callees);
    }

    /** The same, answering after so long. */
    public CallerScript answersAfter(Duration time) {
        return with(new CallerLine.AnswersAfter(time));
    }

    /** The same, pressing keys when a prompt that contains this text has ended. */
    public CallerScript pressesAfter(String text, String keys) {
        return with(new CallerLine.Presses(keys, new When.AfterPrompt(text, Duration.ZERO)));
    }

    /** The same, pressing keys while a prompt that contains this text is heard. */
    public CallerScript pressesDuring(String text, String keys) {
        return with(new CallerLine.Presses(keys, new When.DuringPrompt(text)));
    }

    /** The same, pressing keys so long after what was done before. */
    public CallerScript pressesAfter(Duration time, String keys) {
        return with(new CallerLine.Presses(keys, new When.After(time)));
    }

    /** The same, hanging up so long after what was done before. */
    public CallerScript hangsUpAfter(Duration time) {
        return with(new CallerLine.HangsUp(new When.After(time)));
    }

    /** The same, with a variable set beforehand. */
    public CallerScript variable(String variable, String value) {
        return with(new CallerLine.Variable(variable, value));
    }

    /** The files that its lines name, which hold flows; those of callees apart. */
    public List<String> files() {
        return Stream.concat(
                        all(CallerLine.Fetch.class).stream().flatMap(line -> line.file().stream()),
                        all(CallerLine.FlowGiven.class).stream().map(CallerLine.FlowGiven::file))
                .distinct()
                .toList();
    }

    /** The lines of one kind. */
    <T extends CallerLine> List<T> all(Class<T> kind) {
        return lines.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The last of one kind. */
    <T extends CallerLine> Optional<T> last(Class<T> kind) {
        List<T> all = all(kind);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }
}
