package dev.outdial.sip.transport;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;

/**
 * Hears what a {@link SipTransport} has to tell. <b>Threading:</b> called on the transport's threads, several at a time; must neither
 * wait nor decide, only pass on. What it throws is logged and lost.
 */
public interface TransportListener {
    /**
     * Whether somebody of ours has this Call-ID. A request for nobody is answered without remembering it, so that strangers cannot
     * fill the memory.
     */
    boolean knows(String callId);

    /**
     * Whether an INVITE is the beginning of a call that we want to hear of: it is remembered from here on. Must not let strangers have more
     * than a bounded number of those.
     */
    default boolean wants(SipRequest invite) {
        return false;
    }

    /** A response came, also one that no transaction waits for any more: a 2xx to INVITE is told as often as it arrives. */
    void responded(SipResponse response);

    /** A request came, an ACK too. Where the Call-ID is known and no header is missing, each comes only once. */
    void requested(SipRequest request, Responder responder);

    /** The request was handed to the wire. */
    void sent(TransactionId transaction);

    /** The request was taken back before it left. */
    void withdrawn(TransactionId transaction);

    /** No final response within the time limit. */
    void timedOut(TransactionId transaction);

    /**
     * The request could not be sent.
     *
     * @param why a sentence for a person
     */
    void failed(TransactionId transaction, String why);

    /**
     * A TCP or TLS connection with that far end is gone, whoever had opened it; nothing is known of what was sent over it last. Who
     * registered over it is not reachable until registered again (RFC 5626 section 4.2.1).
     */
    default void connectionLost(Hop hop) {}
}
