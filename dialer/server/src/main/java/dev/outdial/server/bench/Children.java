package dev.outdial.server.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The processes of a bench, all of which somebody may end at once. Thread-safe. */
final class Children {
    private final List<Child> started = new ArrayList<>();
    private boolean ended;

    /**
     * Starts a command, on one core alone where that is given.
     *
     * @throws IOException if it cannot be started, or all were ended
     */
    synchronized Child start(OptionalInt core, List<String> arguments) throws IOException {
        if (ended) {
            throw new IOException("the bench was ended");
        }
        Child child = Child.start(core, arguments);
        started.add(child);
        return child;
    }

    /** Ends all of them at once, without last words; there will be no more. */
    synchronized void end() {
        ended = true;
        started.forEach(Child::kill);
    }

    /** Whether {@link #end} was called. */
    synchronized boolean ended() {
        return ended;
    }
}
