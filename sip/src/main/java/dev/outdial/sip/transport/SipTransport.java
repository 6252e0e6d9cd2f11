package dev.outdial.sip.transport;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.TransactionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

/**
 * Sends and receives SIP messages and runs their transactions (RFC 3261 section 17): retransmissions, the ACK of a final response
 * other than 2xx, and the time limits B and F. Knows no dialogs. <b>Threading:</b> any thread; only {@link #localAddress} may
 * take a moment, when it opens a listening point, and {@link #tryConnection} blocks.
 */
public interface SipTransport extends AutoCloseable {
    /**
     * The address at which the hop can reach us. Opens a listening point on the local address that the route to the hop uses, where
     * there is none yet.
     *
     * @throws IOException with a sentence for a person, such as that the port is in use
     */
    InetSocketAddress localAddress(Hop hop) throws IOException;

    /**
     * Hands a request to the sender of its hop and returns at once. An ACK is sent as it is; any other request starts a client
     * transaction. What became of it is told to the listener.
     */
    void send(OutboundRequest request);

    /**
     * Takes back a request that has not left yet: it never will, and the listener is told so, in place of anything else. Does nothing
     * about one that left, failed, or was never sent; an ACK cannot be taken back. Returns at once.
     */
    void withdraw(TransactionId transaction);

    /** From now on that one sees what passes, in place of any other. */
    void tap(WireTap tap);

    /**
     * From now on only those addresses are listened to: what others send is dropped before it is parsed, unless the listener knows its
     * Call-ID, also what comes over connections of theirs, of which few are kept, and none for long. Replaces what was said before; until something was said, everybody is listened to.
     * Whoever we connect to ourselves is listened to on that connection.
     */
    void trust(Set<InetAddress> peers);

    /**
     * Keeps the way to a hop open while nothing is said: over UDP a datagram of CRLFCRLF every 25-30 seconds, so that a NAT does not forget
     * us; over TCP and TLS the ping of RFC 5626 section 4.4.1, for as long as wanted rather than for an hour after the last message, and
     * a lost connection is opened again, after 0.5 seconds at first and 30 seconds at last. Returns at once.
     *
     * @param on false to stop it
     */
    void keepAlive(Hop hop, boolean on);

    /**
     * Connects to a hop of TCP or TLS and closes the connection again, beside all others. <b>Blocks</b>.
     *
     * @param limit how long the connection, and then the handshake, may take
     */
    ConnectionTrial tryConnection(Hop hop, Duration limit);

    /** What has been kept from the listener so far. */
    TransportStatistics statistics();

    /** Closes all sockets and ends all threads; bounded. */
    @Override
    void close();
}
