package dev.outdial.dialer.flow;

/** What asks or tells somebody else, by HTTP. */
public sealed interface OutsideAction extends FlowAction {
    /**
     * Asks for actions, which are carried out before the next step. Anything but a 200 with actions ends the flow.
     *
     * @param method POST or another
     */
    record Fetch(String url, String method) implements OutsideAction {}

    /** Carries out another flow before the next step. */
    record FetchFlow(String flowId) implements OutsideAction {}

    /**
     * Tells somebody something. Whatever becomes of it, the flow goes on.
     *
     * @param sync whether the next step waits for the answer
     * @param method POST, GET, PUT or DELETE
     * @param dataType the Content-Type; may be empty
     * @param data the body
     */
    record WebhookSend(boolean sync, String url, String method, String dataType, String data)
            implements OutsideAction {}
}
