package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;

/** Whom a flow asks and tells by HTTP. <b>Threading:</b> blocks; each method on a thread of its own. */
final class Outside {
    private final FlowSettings settings;

    Outside(FlowSettings settings) {
        this.settings = settings;
    }

    /** Asks for actions. */
    Result fetch(FlowLine line, OutsideAction.Fetch options) throws InterruptedException {
        throw new UnsupportedOperationException(settings + " " + line + options);
    }

    /** Looks a flow up. */
    Result fetchFlow(String flowId) {
        throw new UnsupportedOperationException(flowId);
    }

    /** Tells somebody something. */
    Result send(OutsideAction.WebhookSend options) throws InterruptedException {
        throw new UnsupportedOperationException(options.toString());
    }
}
