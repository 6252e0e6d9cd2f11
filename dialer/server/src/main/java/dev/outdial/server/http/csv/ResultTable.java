package dev.outdial.server.http.csv;

import dev.outdial.server.calls.CampaignResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of a campaign's numbers, as CSV. */
public final class ResultTable {
    private ResultTable() {}

    /** One row for each number, in their order, after a head. */
    public static String of(CampaignResult result) {
        var head = new ArrayList<>(
                List.of("row", "number", "outcome", "sip_code", "attempts", "talk", "digits", "recordings", "call_id"));
        head.addAll(result.columns());
        var text = new StringBuilder(CsvText.row(head));
        for (CampaignResult.Row row : result.rows()) {
            var cells = new ArrayList<>(List.of(
                    Integer.toString(row.row()),
                    row.number(),
                    row.outcome(),
                    row.sipCode().isPresent() ? Integer.toString(row.sipCode().getAsInt()) : "",
                    Integer.toString(row.attempts()),
                    row.talk()
                            .map(talk -> String.format(Locale.ROOT, "%.3f", talk.toMillis() / 1000.0))
                            .orElse(""),
                    row.digits(),
                    String.join(" ", row.recordingIds()),
                    row.callId()));
            result.columns().forEach(name -> cells.add(row.variables().getOrDefault(name, "")));
            text.append(CsvText.row(cells));
        }
        return text.toString();
    }
}
