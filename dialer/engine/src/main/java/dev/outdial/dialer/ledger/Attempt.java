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
 * @param loopback whether the trunk is on this machine: a bench, on which nobody is really called
 */
public record Attempt(String requestId, int number, String trunk, String target, String callId, boolean loopback) {
    /** One over a trunk that may be anywhere. */
    public Attempt(String requestId, int number, String trunk, String target, String callId) {
        this(requestId, number, trunk, target, callId, false);
    }

    public Attempt {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(trunk, "trunk");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(callId, "callId");
        if (number < 1) {
            throw new IllegalArgumentException("attempt number " + number + ": counted from 1");
        }
    }

    /** The same, over a trunk on this machine or elsewhere. */
    public Attempt over(boolean loopbackTrunk) {
        return new Attempt(requestId, number, trunk, target, callId, loopbackTrunk);
    }
}
