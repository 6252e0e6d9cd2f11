package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.TrunkReload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What is said when the configuration was read again. */
final class ReloadSentences {
    private ReloadSentences() {}

    /** As the server tells it over HTTP. */
    static List<String> of(JsonNode report) {
        return of(new TrunkReload(
                words(report.path("added")),
                words(report.path("changed")),
                words(report.path("removed")),
                words(report.path("needs_restart"))));
    }

    static List<String> of(TrunkReload report) {
        var lines = new ArrayList<String>();
        line(lines, "trunks added", report.added());
        line(lines, "trunks changed", report.changed());
        line(lines, "trunks removed", report.removed());
        if (lines.isEmpty()) lines.add("the configuration was read again: its trunks are the same");
        line(lines, "needs a restart", report.needsRestart());
        return lines;
    }

    private static void line(List<String> lines, String what, List<String> names) {
        if (!names.isEmpty()) lines.add(what + ": " + String.join(", ", names));
    }

    private static List<String> words(JsonNode names) {
        return StreamSupport.stream(names.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
