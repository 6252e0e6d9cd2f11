package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;

/** What a flow does with calls besides its own. <b>Threading:</b> blocks; each method on a thread of its own. */
final class OtherCalls {
    private final FlowSettings settings;

    OtherCalls(FlowSettings settings) {
        this.settings = settings;
    }

    /** Connects this call with somebody, until they are parted. */
    Result connect(FlowLine line, CallAction.Connect options) throws InterruptedException {
        throw new UnsupportedOperationException(settings + " " + line + " " + options);
    }

    /** Places calls with flows of their own. */
    Result place(FlowLine line, CallAction.PlaceCalls options) throws InterruptedException {
        throw new UnsupportedOperationException(line + " " + options);
    }

    /** Takes part in a conference until it is over or the call leaves. */
    Result join(Call call, String conferenceId) throws InterruptedException {
        throw new UnsupportedOperationException(call + conferenceId);
    }
}
