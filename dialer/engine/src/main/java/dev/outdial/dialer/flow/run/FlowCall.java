package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;

/** A call in which a flow runs. <b>Threading:</b> any. */
public final class FlowCall {
    private final Call call;

    FlowCall(Call call) {
        this.call = call;
    }

    /** The call itself: what is said or done with it goes beside the flow, which does not move by it. */
    public Call call() {
        return call;
    }
}
