package dev.outdial.dialer.flow.simulate;

import java.time.Duration;

/** When somebody in a script does something. What is told after what was done before counts from there on only. */
public sealed interface When {
    /** Without waiting for anything but the line before. */
    record AtOnce() implements When {}

    /** So long after the beginning of the transcript; at once where that is over. */
    record At(Duration time) implements When {}

    /** So long after the line before took place; after the beginning of the flow for the first. */
    record After(Duration time) implements When {}

    /**
     * When words or a file have ended, or were stopped.
     *
     * @param text part of the words or of the file's name, in either case
     * @param delay so long after that
     */
    record AfterPrompt(String text, Duration delay) implements When {}

    /**
     * {@value #DURING_MILLIS} ms after words or a file have begun; half-way where they are shorter than twice that.
     *
     * @param text part of the words or of the file's name, in either case
     */
    record DuringPrompt(String text) implements When {}

    /** How long after its beginning a prompt is interrupted. */
    int DURING_MILLIS = 500;

    /** As it is written in a script; empty for at once. */
    default String words() {
        return switch (this) {
            case AtOnce w -> "";
            case At w -> "at " + time(w.time());
            case After w -> "after " + time(w.time());
            case AfterPrompt w -> (w.delay().isZero() ? "" : time(w.delay()) + " ") + "after \"" + w.text() + "\"";
            case DuringPrompt w -> "during \"" + w.text() + "\"";
        };
    }

    private static String time(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
