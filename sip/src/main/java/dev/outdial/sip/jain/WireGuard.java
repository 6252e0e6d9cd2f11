package dev.outdial.sip.jain;

import java.net.InetSocketAddress;

/** Sees every datagram and connection before the parser does and may refuse it. <b>Threading:</b> called on the receiving threads. */
interface WireGuard {
    /** Whether a datagram may be parsed. */
    boolean admits(InetSocketAddress source, byte[] bytes, int offset, int byteLength);

    /** Whether a connection from there may be kept. */
    boolean admitsConnection(InetSocketAddress source);

    /** Whether a message may leave. */
    boolean releases(byte[] bytes, int offset, int byteLength);
}
