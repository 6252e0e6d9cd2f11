package dev.outdial.server.calls;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of a campaign's numbers.
 *
 * @param columns the variables that its rows have, in the order in which they were given
 * @param rows in their order, also those whose call is not over
 */
public record CampaignResult(List<String> columns, List<Row> rows) {
    /** Copies the lists. */
    public CampaignResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * One number.
     *
     * @param row counted from 1
     * @param outcome empty while it is not over
     * @param sipCode of its last attempt
     * @param talk from the answer to the end; empty where it was not answered, or nobody saw its end
     * @param digits every key of the whole call
     */
    public record Row(
            int row,
            String callId,
            String number,
            String status,
            String outcome,
            OptionalInt sipCode,
            int attempts,
            Optional<Duration> talk,
            String digits,
            List<String> recordingIds,
            Map<String, String> variables) {
        /** Copies the list and the map. */
        public Row {
            recordingIds = List.copyOf(recordingIds);
            variables = Map.copyOf(variables);
        }
    }
}
