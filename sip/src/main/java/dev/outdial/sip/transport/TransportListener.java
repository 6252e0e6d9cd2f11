package dev.outdial.sip.transport;

import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;

/**
 * Hears what a {@link SipTransport} has to tell. <b>Threading:</b> called on the transport's threads, several at a time; must neither
 * wait nor decide, only pass on. What it throws is logged and lost.
 */
public interface TransportListener {
    /** A response came, also one that no transaction waits for any more: a 2xx to INVITE is told as often as it arrives. */
    void responded(SipResponse response);

    /** A request came, each only once; an ACK too. */
    void requested(SipRequest request, Responder responder);

    /** The request was handed to the wire. */
    void sent(TransactionId transaction);

    /** No final response within the time limit. */
    void timedOut(TransactionId transaction);

    /**
     * The request could not be sent.
     *
     * @param why a sentence for a person
     */
    void failed(TransactionId transaction, String why);
}
