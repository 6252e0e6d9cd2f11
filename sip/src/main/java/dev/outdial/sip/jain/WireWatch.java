package dev.outdial.sip.jain;

import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.WireMessage;
import dev.outdial.sip.transport.WireTap;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what passes to the {@link WireTap}, where there is one. <b>Threading:</b> any thread. */
final class WireWatch {
    private static final Logger LOG = LoggerFactory.getLogger(WireWatch.class);

    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile @Nullable WireTap tap;

    void tap(WireTap newTap) {
        tap = newTap;
    }

    /** A message passed. */
    void saw(
            WireMessage.Direction direction,
            TransportProtocol transport,
            InetSocketAddress local,
            InetSocketAddress remote,
            byte[] bytes,
            int offset,
            int byteLength) {
        WireTap current = tap;
        if (current == null) return;
        try {
            byte[] message = Arrays.copyOfRange(bytes, offset, offset + byteLength);
            current.passed(
                    new WireMessage(direction, transport, local, remote, message, Instant.now(), System.nanoTime()));
        } catch (Throwable e) { // the thread that reads the network must not die of whoever listens to it
            if (complained.compareAndSet(false, true)) LOG.warn("the tap on the wire fails", e);
        }
    }
}
