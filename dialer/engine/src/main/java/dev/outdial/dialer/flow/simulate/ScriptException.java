package dev.outdial.dialer.flow.simulate;

import java.io.Serial;

/** A script cannot be read; the message says in which line and what was expected. */
public final class ScriptException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;

    /** @param line from 1 */
    public ScriptException(int line, String sentence) {
        super("line " + line + ": " + sentence);
        this.line = line;
    }

    /** Which line, from 1. */
    public int line() {
        return line;
    }
}
