package dev.outdial.server.calls;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A campaign as it stands.
 *
 * @param status running, paused, canceling, canceled or ended
 * @param rowCount how many numbers it has
 * @param atOnce how many of its calls may be up at a time; any number where empty
 * @param perSecond how many of its calls may begin in a second; any number where empty
 * @param call what its calls have in common, as JSON
 * @param ended when the last of its calls was over
 */
public record CampaignRecord(
        String id,
        String account,
        String name,
        String status,
        int rowCount,
        Counts counts,
        OptionalInt atOnce,
        OptionalDouble perSecond,
        String call,
        Instant created,
        Instant updated,
        Optional<Instant> ended) {
    /**
     * How many of its calls stand where.
     *
     * @param waiting those that are to be dialled, for the first time or once more
     * @param live those that are dialled and not over
     * @param byOutcome those that are over, by the word of their outcome
     */
    public record Counts(long waiting, long live, Map<String, Long> byOutcome) {
        /** Copies the map. */
        public Counts {
            byOutcome = Map.copyOf(byOutcome);
        }

        /** How many are over. */
        public long over() {
            return byOutcome.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
