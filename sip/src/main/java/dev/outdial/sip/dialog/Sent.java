package dev.outdial.sip.dialog;

import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;

/**
 * A request of ours whose final response is awaited.
 *
 * @param draft to write it again from, should it be challenged
 * @param request as it was sent
 * @param tries how often it was sent with credentials
 * @param giveUpAtNanos when no response counts as none coming
 */
record Sent(Draft draft, OutboundRequest request, Tries tries, long giveUpAtNanos) {
    boolean isAnsweredBy(SipResponse response) {
        return request.branch().equals(response.branch()) && draft.method().equals(response.method());
    }

    boolean is(TransactionId transaction) {
        return request.branch().equals(transaction.branch()) && draft.method().equals(transaction.method());
    }
}
