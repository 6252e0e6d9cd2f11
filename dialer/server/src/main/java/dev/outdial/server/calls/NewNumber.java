package dev.outdial.server.calls;

/** A number that somebody wants calls to come in for; parts as in {@link NumberRecord}. */
public record NewNumber(String e164, String trunkId, String flowId, String applicationId) {
    /** Without an application. */
    public NewNumber(String e164, String trunkId, String flowId) {
        this(e164, trunkId, flowId, "");
    }
}
