package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.IncomingCall;
import java.util.Optional;

/**
 * The call that a flow runs in, and what it came by.
 *
 * @param runner runs flows in calls that this one places
 * @param dialer whose call it is
 * @param call the call
 * @param incoming the same where it was a call to us, which may not be answered yet
 * @param request how it was dialled, where we did
 * @param runId what this run of the flow is called by
 * @param answer answers a call to us, and has the run hear of it; nothing where it is answered, or ours
 */
record FlowLine(
        FlowRunner runner,
        Dialer dialer,
        Call call,
        Optional<IncomingCall> incoming,
        Optional<DialRequest> request,
        String runId,
        Runnable answer) {
    /** A call to us is answered, and nobody hears of it. */
    FlowLine(
            FlowRunner runner,
            Dialer dialer,
            Call call,
            Optional<IncomingCall> incoming,
            Optional<DialRequest> request,
            String runId) {
        this(runner, dialer, call, incoming, request, runId, () -> incoming.ifPresent(IncomingCall::accept));
    }
}
