package dev.outdial.dialer.flow.json;

import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.FlowFinding.Severity;
import java.util.ArrayList;
import java.util.List;

/** What is found while one text is read. */
final class Findings {
    /** Who made more mistakes than this gave something else than a flow. */
    static final int MOST = 200;

    private final List<FlowFinding> found = new ArrayList<>();
    private int errors;

    void error(String path, String sentence) {
        // Errors are counted beyond the limit, too: it must never hide that there are any.
        errors++;
        add(Severity.ERROR, path, sentence);
    }

    void warning(String path, String sentence) {
        add(Severity.WARNING, path, sentence);
    }

    private void add(Severity severity, String path, String sentence) {
        if (found.size() < MOST) {
            found.add(new FlowFinding(severity, path, sentence));
        } else if (found.size() == MOST) {
            found.add(new FlowFinding(Severity.ERROR, "", "there is more than this; nothing further is told"));
            errors++;
        }
    }

    /** Whether more would not be kept; what is dear to find need not be found then. */
    boolean isFull() {
        return found.size() > MOST;
    }

    boolean hasErrors() {
        return errors > 0;
    }

    List<FlowFinding> list() {
        return List.copyOf(found);
    }
}
