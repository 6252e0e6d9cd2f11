package dev.outdial.sip.message;

/**
 * A request and where it goes. The branch, with the method, names its transaction: a CANCEL carries that of its INVITE.
 *
 * @param request what is sent
 * @param hop where to
 * @param branch the branch of the Via that the transport adds
 */
public record OutboundRequest(SipRequest request, Hop hop, String branch) {
    /** Every branch begins so (RFC 3261 section 8.1.1.7). */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    /** Checks the branch. */
    public OutboundRequest {
        if (!branch.startsWith(MAGIC_COOKIE) || !Header.isToken(branch)) {
            throw new IllegalArgumentException(
                    "branch '" + Text.shown(branch) + "' is not a token that begins with " + MAGIC_COOKIE);
        }
    }

    /** Names the transaction. */
    public TransactionId transaction() {
        return new TransactionId(request.callId(), request.method(), branch);
    }
}
