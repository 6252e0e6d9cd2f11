package dev.outdial.sip.jain;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Sees every message and connection before the parser does and may refuse it. <b>Threading:</b> called on the receiving threads. */
interface WireGuard {
    /** Whether a message may be parsed that came as a datagram or over a connection which the far end opened. */
    boolean admits(InetSocketAddress source, byte[] bytes, int offset, int byteLength);

    /** Whether a message may be parsed that came over a connection which we opened: whoever we turn to is heard there. */
    boolean admitsFromOurConnection(InetSocketAddress source, byte[] bytes, int offset, int byteLength);

    /** Whether that one was named as somebody whom we listen to. */
    boolean trusts(InetAddress source);

    /** Whether a message may leave. */
    boolean releases(byte[] bytes, int offset, int byteLength);
}
