package dev.outdial.sip.dialog;

import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.message.OutboundRequest;

/**
 * A request of ours whose final response is awaited.
 *
 * @param draft to write it again from, should it be challenged
 * @param request as it was sent
 * @param tries how often it was sent with credentials
 * @param giveUpAtNanos when no response counts as none coming
 */
record Sent(Draft draft, OutboundRequest request, Tries tries, long giveUpAtNanos) {
    boolean hasBranch(String branch) {
        return request.branch().equals(branch);
    }
}
