package dev.outdial.sip.message;

import java.util.Locale;

/** What carries SIP messages to the next hop (RFC 3261 section 18). */
public enum TransportProtocol {
    /** One message a datagram; the transaction layer retransmits. */
    UDP(5060),
    /** A stream of messages, not encrypted. */
    TCP(5060),
    /** TCP under TLS. */
    TLS(5061);

    private final int defaultPort;

    TransportProtocol(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** The port that is meant where none is written (RFC 3261 section 19.1.2). */
    public int defaultPort() {
        return defaultPort;
    }

    /** The word in a URI's {@code transport} parameter: {@code udp}, {@code tcp} or {@code tls}. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the word of a {@code transport} parameter, in any case.
     *
     * @throws IllegalArgumentException when it is none that Outdial speaks
     */
    public static TransportProtocol of(String parameter) {
        for (TransportProtocol transport : values()) {
            if (transport.parameter().equalsIgnoreCase(parameter)) return transport;
        }
        throw new IllegalArgumentException("transport '" + Text.shown(parameter) + "' is not one of udp, tcp, tls");
    }
}
