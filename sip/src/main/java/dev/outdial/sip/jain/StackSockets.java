package dev.outdial.sip.jain;

import dev.outdial.sip.message.TransportProtocol;
import gov.nist.core.net.NetworkLayer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** All sockets of one stack. <b>Threading:</b> any thread. */
interface StackSockets extends NetworkLayer {
    /**
     * Makes sure of a local port (0 for any) before jain-sip asks for it, so that "any free port" cannot collide.
     *
     * @throws IOException with a sentence for a person
     */
    InetSocketAddress bind(InetAddress address, TransportProtocol transport, int port) throws IOException;

    /**
     * Opens the connection that jain-sip will ask for next, unless there is one: while that takes its seconds, what is to be sent over it
     * can still be taken back.
     *
     * @throws IOException saying why there is no connection
     */
    void connect(InetSocketAddress remote, InetAddress local) throws IOException;

    /** All connections, whoever opened them. */
    Connections connections();

    /** Sends a datagram of CRLFCRLF from that listening point; blocks as little as sending does. */
    void keepAlive(InetSocketAddress local, InetSocketAddress remote) throws IOException;

    /** False where a thread that read datagrams or accepted connections is gone. */
    boolean isAttended();

    /** How many datagrams were handed over to be worked on. */
    long admittedDatagrams();

    /** Of how many of them that is done. */
    long workedOnDatagrams();

    /** Why the latest connection to that address failed. */
    @Nullable
    String connectFailure(InetSocketAddress remote);

    /** Closes what jain-sip forgets: the connections that it opened or took. */
    void closeConnections();
}
