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
 * @param companions who is told of calls that this run dials
 * @param answer answers a call to us, and has the run hear of it; nothing where it is answered, or ours
 */
record FlowLine(
        FlowRunner runner,
        Dialer dialer,
        Call call,
        Optional<IncomingCall> incoming,
        Optional<DialRequest> request,
        String runId,
        Companions companions,
        Runnable answer) {
    /** A call to us is answered, and nobody hears of it. */
    FlowLine(
            FlowRunner runner,
            Dialer dialer,
            Call call,
            Optional<IncomingCall> incoming,
            Optional<DialRequest> request,
            String runId) {
        this(
                runner,
                dialer,
                call,
                incoming,
                request,
                runId,
                Companions.NOBODY,
                () -> incoming.ifPresent(IncomingCall::accept));
    }

    /** With somebody who is told of calls that this run dials. */
    FlowLine telling(Companions who) {
        return new FlowLine(runner, dialer, call, incoming, request, runId, who, answer);
    }
}
