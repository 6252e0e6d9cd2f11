package dev.outdial.server.calls;

/**
 * A flow that somebody wants kept.
 *
 * @param detail what it is for; may be empty
 * @param actions JSON text: an array of actions that {@link FlowCheck} found nothing wrong with
 * @param onCompleteFlowId the flow that follows it; empty for none
 */
public record NewFlow(String name, String detail, String actions, String onCompleteFlowId) {}
