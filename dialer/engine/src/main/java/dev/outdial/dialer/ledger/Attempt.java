package dev.outdial.dialer.ledger;

import java.util.Objects;

/**
 * One try to reach one number over one trunk: what a ledger is asked about.
 *
 * @param requestId what the call was asked for under; the tries of one request share it
 * @param number counts the tries of a request, from 1
 * @param trunk the trunk's name, or {@code direct} where a SIP URI is dialled without one
 * @param target the number or SIP URI to dial
 * @param callId the Call-ID that the INVITE will have: chosen before anything is sent
 */
public record Attempt(String requestId, int number, String trunk, String target, String callId) {
    public Attempt {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(trunk, "trunk");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(callId, "callId");
        if (number < 1) {
            throw new IllegalArgumentException("attempt number " + number + ": counted from 1");
        }
    }
}
