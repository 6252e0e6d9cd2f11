package dev.outdial.sip.transport;

import dev.outdial.sip.message.SipAnswer;

/** Answers one request. <b>Threading:</b> any thread; returns at once. */
@FunctionalInterface
public interface Responder {
    /** Sends the answer. It is lost without a word where the far end cannot be reached: it will ask again. */
    void answer(SipAnswer answer);
}
