package dev.outdial.server.calls;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A campaign that somebody wants.
 *
 * @param name empty for none
 * @param call what its calls have in common; whom it is to does not count
 * @param rows its numbers, each of which is dialled for itself
 * @param atOnce how many of its calls may be up at a time; any number where empty
 * @param perSecond how many of its calls may begin in a second; any number where empty
 */
public record NewCampaign(String name, NewCall call, List<Row> rows, OptionalInt atOnce, OptionalDouble perSecond) {
    /** Copies the rows. */
    public NewCampaign {
        rows = List.copyOf(rows);
    }

    /**
     * One number.
     *
     * @param row counted from 1
     * @param where as errors name it: {@code rows[3].to}, or {@code row 4, column number}
     * @param variables besides those of the campaign, and before them
     * @param tag in place of the campaign's; empty for that
     */
    public record Row(int row, String where, Address to, Map<String, String> variables, String tag) {}
}
