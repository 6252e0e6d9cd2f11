package dev.outdial.sip.incoming;

import dev.outdial.sip.incoming.IncomingEvent.Requested;
import dev.outdial.sip.message.SipRequest;

/** What a request with the Call-ID of a call means to that call. */
enum Arrival {
    /** The INVITE once more. */
    AGAIN,
    /** The INVITE by another way: a proxy forked it, and both branches lead to us (RFC 3261 section 8.2.2.2). */
    MERGED,
    /** The CANCEL of the INVITE. */
    CANCEL,
    /** A request within the dialog. */
    WITHIN,
    /** None of ours. */
    STRAY;

    static Arrival of(IncomingSetup setup, Requested event) {
        SipRequest request = event.request();
        boolean sameCaller = request.fromTag().equals(setup.invite().fromTag());
        boolean sameTransaction = event.branch().equals(setup.branch())
                && sameCaller
                && IncomingSetup.numberOf(request) == setup.cseq()
                && request.toTag().isEmpty();
        if (request.method().equals("CANCEL") && sameTransaction) return CANCEL;
        if (request.method().equals("INVITE") && request.toTag().isEmpty()) return sameTransaction ? AGAIN : MERGED;
        return sameCaller && request.toTag().equals(setup.localTag()) ? WITHIN : STRAY;
    }
}
