package dev.outdial.sip.message;

/**
 * Names a client transaction of ours.
 *
 * @param callId the Call-ID of its request
 * @param method the method of its request
 * @param branch the branch of its Via
 */
public record TransactionId(String callId, String method, String branch) {}
