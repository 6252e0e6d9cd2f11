package dev.outdial.server.calls;

import java.time.Instant;

/**
 * A flow as it is stored.
 *
 * @param actions JSON text: an array of actions
 * @param onCompleteFlowId the flow that follows it; empty for none
 */
public record FlowRecord(
        String id,
        String account,
        String name,
        String detail,
        String actions,
        String onCompleteFlowId,
        Instant created,
        Instant updated) {}
