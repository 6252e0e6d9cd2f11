package dev.outdial.sip.jain;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import javax.sip.PeerUnavailableException;
import javax.sip.SipListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One jain-sip stack with its sockets. <b>Threading:</b> any thread. */
record RunningStack(OutdialStack stack, StackSockets sockets, ListeningPoints points) {
    private static final long STOP_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(RunningStack.class);

    static RunningStack start(
            StackSockets sockets, SipListener listener, Optional<InetAddress> bindAddress, int bindPort)
            throws IOException {
        try {
            var stack = new OutdialStack(sockets);
            return new RunningStack(
                    stack, sockets, new ListeningPoints(stack, sockets, listener, bindAddress, bindPort));
        } catch (PeerUnavailableException e) {
            throw new IOException("the SIP stack does not start: " + e.getMessage(), e);
        }
    }

    /** Ends its threads and closes its sockets, and waits for that, but no longer than two seconds. */
    void stopAside() {
        var stopper = new Thread(this::stop, "sip-stop");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends its threads and closes its sockets; interrupts the thread that calls it. */
    void stop() {
        points.close();
        // jain-sip sleeps a second on the way "to let the processing complete"; an interrupted thread does not sleep.
        Thread.currentThread().interrupt();
        try {
            stack.stop();
        } catch (RuntimeException e) {
            LOG.warn("the SIP stack did not stop cleanly", e);
        } finally {
            sockets.closeConnections();
        }
    }
}
