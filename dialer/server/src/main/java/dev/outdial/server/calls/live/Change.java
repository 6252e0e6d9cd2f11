package dev.outdial.server.calls.live;

/**
 * Something that happened to a call and is to be stored and told. Numbers, texts and flags alone, so that it can lie in a file while the
 * store is away; times are milliseconds, -1 is no number.
 */
sealed interface Change {
    /** The ledger granted an attempt; nothing was sent yet. */
    record Permitted(int attempt, String sipCallId, String trunk) implements Change {}

    /** The INVITE left. */
    record Sent() implements Change {}

    record Ringing(int status, boolean earlyMedia) implements Change {}

    record Answered(String codec, boolean encrypted) implements Change {}

    /** Our side begins to end it: canceling before the answer, terminating after it. */
    record Ending() implements Change {}

    /** It is over. @param timedOut whether nobody picked up within the ring time */
    record Over(
            String outcome,
            int sipCode,
            String sipPhrase,
            int q850,
            String cause,
            String hangupBy,
            String hangupReason,
            String why,
            boolean timedOut,
            long ringMillis,
            long talkMillis,
            String rtp)
            implements Change {}

    /** An attempt came to nothing, and another one is made then. */
    record Again(long dueMillis, Over failed) implements Change {}

    /**
     * It was not dialled, and goes back to the queue.
     *
     * @param node who had claimed it
     * @param fence with which token
     * @param sipCallId the Call-ID under which nothing was sent; empty where there was none
     */
    record Postponed(long dueMillis, String rule, String node, long fence, String sipCallId) implements Change {}

    /** Something that changes nothing of the call. @param data JSON: an object */
    record Told(String type, String data) implements Change {}

    record FlowBegan(String runId, String flowId) implements Change {}

    record StepBegan(String runId, String stepId, String stepType) implements Change {}

    record FlowOver(String runId, String end, String why) implements Change {}

    /** It is in a bridge; in none where empty. */
    record Bridged(String bridgeId) implements Change {}

    /** A call is dialled that ends with this one. */
    record Chained(String chainedCallId) implements Change {}

    record RecordingBegan(String recordingId, String file) implements Change {}

    record RecordingOver(String recordingId, String file, String reason, long durationMillis, long byteLength)
            implements Change {}

    /** @param gatherId empty where a flow gathered */
    record GatherOver(String gatherId, String digits, String reason, String tag) implements Change {}
}
