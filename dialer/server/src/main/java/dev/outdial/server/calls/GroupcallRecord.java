package dev.outdial.server.calls;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Several calls of which one or each is wanted.
 *
 * @param status dialing, progressing, hangingup or hangup
 * @param answerCallId the first that was answered; empty before
 */
public record GroupcallRecord(
        String id,
        String account,
        String status,
        NewGroupcall.RingMethod ringMethod,
        NewGroupcall.AnswerMethod answerMethod,
        String answerCallId,
        List<String> callIds,
        String tag,
        Instant created,
        Optional<Instant> ended) {
    /** Copies the ids. */
    public GroupcallRecord {
        callIds = List.copyOf(callIds);
    }
}
