package dev.outdial.sip.jain;

import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketException;

/** Marks what leaves as signalling: DSCP CS3 (RFC 4594 section 3.1), so that a loaded network does not delay it behind anything else. */
final class ServiceClass {
    /** The DS field: the code point is its upper six bits. */
    static final int SIGNALLING = 24 << 2;

    private ServiceClass() {}

    static void mark(Socket socket) {
        try {
            socket.setTrafficClass(SIGNALLING);
        } catch (SocketException e) { // a wish, which not every system grants
            return;
        }
    }

    static void mark(DatagramSocket socket) {
        try {
            socket.setTrafficClass(SIGNALLING);
        } catch (SocketException e) { // see above
            return;
        }
    }
}
