package dev.outdial.sip.jain;

import gov.nist.core.HostPort;
import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import gov.nist.javax.sip.stack.UDPMessageProcessor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * jain-sip's processor of datagrams, but that one thread reads them and works on them. jain-sip reads with one and works with another, which
 * was woken for each datagram: that took longer than most of what it did. What comes meanwhile waits in the socket's buffer in place of a
 * queue without an end. <b>Threading:</b> any thread.
 */
final class DatagramProcessor extends UDPMessageProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(DatagramProcessor.class);

    /** Listens from {@link #start} on. */
    DatagramProcessor(InetAddress address, OutdialStack stack, int port) throws IOException {
        super(address, stack, port);
        messageQueue = new Arrivals();
        messageChannels = new LinkedList<>(); // jain-sip stops those that are in it, and there are none
    }

    @Override
    public void run() {
        new Channel(getIpAddress(), getPort()).run();
    }

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws UnknownHostException {
        return new Channel(target.getInetAddress(), target.getPort());
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress host, int port) {
        return new Channel(host, port);
    }

    /** What it takes is read from the socket then. */
    private final class Arrivals extends LinkedBlockingQueue<DatagramQueuedMessageDispatch> {
        private static final long serialVersionUID = 1;
        private static final long NOBODY_ASKS_WHEN = 0;

        /** Empty once the socket is closed: then the one that asks looks whether it was stopped, as it was. */
        @Override
        @SuppressWarnings("NullAway") // as its reader expects it
        public @Nullable DatagramQueuedMessageDispatch take() {
            var packet = new DatagramPacket(new byte[0], 0);
            try {
                sock.receive(packet);
                return new DatagramQueuedMessageDispatch(packet, NOBODY_ASKS_WHEN);
            } catch (IOException closed) {
                LOG.debug("nothing more comes to {}:{}", getIpAddress(), getPort());
                isRunning = false;
                return null;
            }
        }
    }

    /** Sends through the processor's socket. Given the far end of any message it also works on those that arrive: each brings its own. */
    private final class Channel extends UDPMessageChannel {
        Channel(InetAddress peer, int port) {
            super(peer, port, DatagramProcessor.this.sipStack, DatagramProcessor.this);
        }

        @Override
        protected void sendMessage(byte[] message, InetAddress peer, int port, boolean isRetried) throws IOException {
            // A request without Via: there is no saying where its answer goes.
            if (port == -1) throw new IOException("the far end's port is not known");
            sock.send(new DatagramPacket(message, message.length, peer, port));
        }

        @Override
        protected void sendMessage(byte[] message, InetAddress peer, int port, String protocol, boolean isRetried)
                throws IOException {
            // jain-sip would open a connection, and wait for it on the thread that reads.
            if (!protocol.equalsIgnoreCase(getTransport()))
                throw new IOException("a datagram is not answered over " + protocol);
            sendMessage(message, peer, port, isRetried);
        }
    }
}
