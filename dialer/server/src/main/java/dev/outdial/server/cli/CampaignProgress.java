package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** How a campaign goes: one line that is written over on a terminal, elsewhere a line for each change. One thread. */
final class CampaignProgress {
    private static final int WIDTH = 20;

    private final Consumer<String> out;
    private final boolean isTerminal;
    private String shown = "";

    CampaignProgress(Consumer<String> out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** @param campaign as the server shows it */
    void show(JsonNode campaign) {
        String line = bar(campaign) + " " + line(campaign);
        if (line.equals(shown)) return;
        int left = Math.max(0, shown.length() - line.length());
        out.accept(isTerminal ? "\r" + line + " ".repeat(left) : line + System.lineSeparator());
        shown = line;
    }

    /** Nothing more is shown; what follows begins on a line of its own. */
    void end() {
        if (isTerminal) out.accept(System.lineSeparator());
    }

    private static String bar(JsonNode campaign) {
        int all = Math.max(1, campaign.path("rows").asInt());
        int done = (int) ((long) WIDTH * campaign.path("counts").path("over").asInt() / all);
        return "[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "]";
    }

    /** How it stands, with its calls that are over by their outcome. */
    static String line(JsonNode campaign) {
        JsonNode counts = campaign.path("counts");
        var line = new StringJoiner("  ")
                .add(counts.path("over").asText() + " of "
                        + campaign.path("rows").asText())
                .add(campaign.path("status").asText())
                .add("live " + counts.path("live").asText());
        counts.path("outcomes")
                .properties()
                .forEach(outcome ->
                        line.add(outcome.getKey() + " " + outcome.getValue().asText()));
        return line.toString();
    }
}
