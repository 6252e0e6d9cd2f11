package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.machine.FlowHappening;
import java.util.function.Consumer;

/** Runs flows in calls. <b>Threading:</b> any. */
public final class FlowRunner {
    private final Dialer dialer;
    private final FlowSettings settings;

    /** @param dialer whose calls they are */
    public FlowRunner(Dialer dialer, FlowSettings settings) {
        this.dialer = dialer;
        this.settings = settings;
    }

    /** Places a call and runs a flow in it from the answer on; returns at once. */
    public FlowCall dial(DialRequest request, Flow flow, Consumer<FlowHappening> listener) {
        throw new UnsupportedOperationException(dialer + "" + settings + request + flow + listener);
    }

    /** Runs a flow in a call to us, which it answers or not; returns at once. */
    public FlowCall answer(IncomingCall incoming, Flow flow, Consumer<FlowHappening> listener) {
        throw new UnsupportedOperationException("" + incoming + flow + listener);
    }
}
