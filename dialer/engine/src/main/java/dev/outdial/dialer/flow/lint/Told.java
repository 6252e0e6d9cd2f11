package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.FlowFinding.Severity;
import java.util.ArrayList;
import java.util.List;

/** What the rules find. */
final class Told {
    /** Who gets more reads none. */
    private static final int MOST = 500;

    private final List<FlowFinding> findings = new ArrayList<>();

    void error(String path, String sentence) {
        add(new FlowFinding(Severity.ERROR, path, sentence));
    }

    void warning(String path, String sentence) {
        add(new FlowFinding(Severity.WARNING, path, sentence));
    }

    private void add(FlowFinding finding) {
        if (findings.size() < MOST) findings.add(finding);
    }

    List<FlowFinding> list() {
        return List.copyOf(findings);
    }

    /** What an author wrote, in a sentence of one line. */
    static String quoted(String text) {
        String line = text.codePoints()
                .limit(60)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return '"' + line + (line.length() < text.length() ? "...\"" : "\"");
    }
}
