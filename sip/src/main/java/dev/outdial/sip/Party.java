package dev.outdial.sip;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.transport.Responder;

/** Whoever has a Call-ID. <b>Threading:</b> called on the transport's threads; only passes on to its mailbox. */
interface Party {
    void responded(SipResponse response);

    void requested(SipRequest request, Responder responder);

    void sent(TransactionId transaction);

    void withdrawn(TransactionId transaction);

    void timedOut(TransactionId transaction);

    void failed(TransactionId transaction, String why);

    /** A connection with that hop is gone. */
    default void connectionLost(Hop hop) {}

    /** The agent is being closed: nothing can be sent or heard any more. */
    void closed();
}
