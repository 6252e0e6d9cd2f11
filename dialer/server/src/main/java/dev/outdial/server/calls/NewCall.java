package dev.outdial.server.calls;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A call that somebody wants placed. Checked when it is accepted.
 *
 * @param origin by which API it came: native, neutrino, cequens, voipbin, voice2phone, bandwidth, embedded
 * @param from who calls; the trunk's own number where empty
 * @param trunk the name of one; the first that is configured where empty
 * @param tag the user's own, returned in events
 * @param metadata the user's own JSON, returned in events; empty for none
 * @param variables what its flow begins with
 * @param headers more headers of the INVITE, X-... alone
 */
public record NewCall(
        String origin,
        Optional<Address> from,
        Address to,
        Optional<String> trunk,
        CallPlan plan,
        Duration ringTimeout,
        Duration maxDuration,
        Schedule schedule,
        Optional<Callbacks> callbacks,
        String tag,
        String metadata,
        Map<String, String> variables,
        Map<String, String> headers,
        boolean anonymous,
        boolean record,
        boolean detectMachine,
        Optional<String> groupcallId,
        Optional<String> masterCallId) {
    /** Copies the maps. */
    public NewCall {
        variables = Map.copyOf(variables);
        headers = Map.copyOf(headers);
    }
}
