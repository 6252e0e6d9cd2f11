package dev.outdial.sip.transport;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipAnswer;

/** Answers one request. <b>Threading:</b> any thread; returns at once. */
public interface Responder {
    /** Where the request came from, and where its answer goes. */
    Hop source();

    /**
     * The branch of the request's topmost Via: one that comes again has the same, one that took another way (RFC 3261 section 8.2.2.2) has
     * another. Empty where it is not known.
     */
    default String branch() {
        return "";
    }

    /**
     * Sends the answer. It is lost without a word where the far end cannot be reached: it will ask again. Provisional answers, and a
     * 2xx to an INVITE, may be given again and are sent again, as RFC 3262 section 3 and RFC 3261 section 13.3.1.4 want it.
     */
    void answer(SipAnswer answer);
}
