package dev.outdial.sip.transport;

/**
 * Sees every SIP message as it goes over the wire, retransmissions included: what came, before it is parsed but after the guard admitted
 * it, and what leaves, after it was released. Keep-alives are none, and are not shown. <b>Threading:</b> called on the threads that read and
 * write the network, several at a time; must neither wait nor keep them. What it throws is logged once and ignored.
 */
@FunctionalInterface
public interface WireTap {
    /** A message passed. */
    void passed(WireMessage message);
}
