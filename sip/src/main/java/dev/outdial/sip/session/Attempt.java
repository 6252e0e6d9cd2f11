package dev.outdial.sip.session;

import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.message.OutboundRequest;

/**
 * One INVITE that was sent, or is about to be.
 *
 * @param request as it is sent
 * @param cseq its number
 * @param tries how often it was sent with credentials because it was challenged
 * @param way the number of the way that it takes
 * @param extensions what it offers
 * @param left whether it was handed to the wire: what breaks down after that says nothing about the far end
 * @param shown whether the far end has shown itself at work
 */
record Attempt(
        OutboundRequest request, long cseq, Tries tries, int way, Extensions extensions, boolean left, boolean shown) {
    boolean hasBranch(String branch) {
        return request.branch().equals(branch);
    }

    Attempt withShown() {
        return new Attempt(request, cseq, tries, way, extensions, left, true);
    }

    Attempt withLeft() {
        return new Attempt(request, cseq, tries, way, extensions, true, shown);
    }
}
