package dev.outdial.server.calls;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A call as it is stored.
 *
 * @param id a UUID
 * @param account whose it is
 * @param direction outgoing or incoming
 * @param sipCallId the Call-ID of its last attempt; empty before the first
 * @param attempts how many were made
 * @param outcome native word of {@code OutcomeKind}, {@code unknown} among them; empty while it is not over
 * @param hangupBy "", remote or local
 * @param hangupReason "", normal, failed, busy, cancel, timeout, noanswer, dialout or amd
 * @param cause such as NORMAL_CLEARING
 * @param digitsAll every key of the whole call
 * @param rtp the figures of the media wire as JSON; empty before the end
 */
public record CallRecord(
        String id,
        String account,
        String origin,
        String direction,
        Address from,
        Address to,
        String trunk,
        String sipCallId,
        CallStatus status,
        boolean earlyMedia,
        int attempts,
        String outcome,
        String hangupBy,
        String hangupReason,
        OptionalInt sipCode,
        String sipPhrase,
        OptionalInt q850,
        String cause,
        CallPlan plan,
        Schedule schedule,
        long ringMillisLimit,
        long durationMillisLimit,
        String activeflowId,
        String currentAction,
        String groupcallId,
        String bridgeId,
        String masterCallId,
        List<String> chainedCallIds,
        String digitsAll,
        List<String> recordingIds,
        String codec,
        String rtp,
        String tag,
        String metadata,
        Map<String, String> variables,
        Map<String, String> headers,
        boolean anonymous,
        boolean record,
        boolean detectMachine,
        Optional<Callbacks> callbacks,
        Instant created,
        Optional<Instant> invited,
        Optional<Instant> ringing,
        Optional<Instant> answered,
        Optional<Instant> ended,
        Instant updated) {}
