package dev.outdial.dialer.flow.run;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How a run of a flow begins.
 *
 * @param variables the user's own, besides those of the request; of the same name, these count. Names that begin with {@code voipbin.} are left out
 * @param earlyExecution whether the flow begins when the far end rings; with the answer otherwise. Means nothing for a call to us
 * @param flowId what the flow is known by; may be empty
 * @param runId what this run of it is called by
 * @param masterCallId the Call-ID of the call that this one was placed for; may be empty
 * @param companions who is told of calls that the flow dials
 */
public record FlowStart(
        Map<String, String> variables,
        boolean earlyExecution,
        String flowId,
        String runId,
        String masterCallId,
        Companions companions) {
    /** Copies the variables. */
    public FlowStart {
        variables = Map.copyOf(variables);
        if (runId.isBlank()) throw new IllegalArgumentException("the id of a run is blank");
    }

    /** With nobody told. */
    public FlowStart(
            Map<String, String> variables, boolean earlyExecution, String flowId, String runId, String masterCallId) {
        this(variables, earlyExecution, flowId, runId, masterCallId, Companions.NOBODY);
    }

    /** With the answer, without variables of its own, under an id of its own. */
    public static FlowStart usual() {
        return new FlowStart(Map.of(), false, "", UUID.randomUUID().toString(), "", Companions.NOBODY);
    }

    /** With a variable more. */
    public FlowStart with(String name, String value) {
        var more = new HashMap<>(variables);
        more.put(name, value);
        return with(more);
    }

    /** With these variables. */
    public FlowStart with(Map<String, String> others) {
        return new FlowStart(others, earlyExecution, flowId, runId, masterCallId, companions);
    }

    /** When the far end rings. */
    public FlowStart whenItRings() {
        return new FlowStart(variables, true, flowId, runId, masterCallId, companions);
    }

    /** Of a flow that is known by that id. */
    public FlowStart ofFlow(String id) {
        return new FlowStart(variables, earlyExecution, id, runId, masterCallId, companions);
    }

    /** Called by that id. */
    public FlowStart asRun(String id) {
        return new FlowStart(variables, earlyExecution, flowId, id, masterCallId, companions);
    }

    /** For the call of that Call-ID. */
    public FlowStart placedFor(String callId) {
        return new FlowStart(variables, earlyExecution, flowId, runId, callId, companions);
    }

    /** With somebody who is told of calls that the flow dials. */
    public FlowStart telling(Companions who) {
        return new FlowStart(variables, earlyExecution, flowId, runId, masterCallId, who);
    }
}
