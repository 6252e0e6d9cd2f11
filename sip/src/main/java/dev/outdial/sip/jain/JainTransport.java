package dev.outdial.sip.jain;

import dev.outdial.sip.jain.ListeningPoints.Point;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.SipTransport;
import dev.outdial.sip.transport.TransportListener;
import gov.nist.javax.sip.message.SIPRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link SipTransport} made of jain-sip. <b>Threading:</b> any thread. */
public final class JainTransport implements SipTransport {
    private static final Logger LOG = LoggerFactory.getLogger(JainTransport.class);
    private static final long CLOSE_MILLIS = 2_000;

    private final MessageConverter converter = new MessageConverter();
    private final Senders senders = new Senders();
    private final Stacks stacks;
    private final TransportListener listener;
    private volatile boolean closed;

    private JainTransport(Stacks.Setup setup, TransportListener listener) throws IOException {
        this.listener = listener;
        this.stacks = new Stacks(
                setup,
                origins -> new JainListener(converter, listener, new JainResponders(converter, senders, origins)));
    }

    /**
     * Starts a stack. With an address to bind, its UDP port is opened at once, so that a taken port shows, and a trust file is read.
     *
     * @param bindPort 0 for any
     * @param tlsTrust whose certificates are trusted; where empty, those that the JVM trusts
     * @throws IOException with a sentence for a person
     */
    public static JainTransport open(
            Optional<InetAddress> bindAddress, int bindPort, Optional<Path> tlsTrust, TransportListener listener)
            throws IOException {
        var setup = new Stacks.Setup(bindAddress, bindPort, TlsClient.trusting(tlsTrust));
        var transport = new JainTransport(setup, listener);
        if (bindAddress.isEmpty()) return transport;
        try {
            transport.stacks.plain().points().on(bindAddress.get(), TransportProtocol.UDP);
            return transport;
        } catch (IOException e) {
            transport.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress localAddress(Hop hop) throws IOException {
        if (closed) throw new IOException("the SIP user agent is closed");
        return stacks.towards(hop).points().towards(hop).local();
    }

    /** The local address from which the hop is reached, without opening anything. */
    public static InetAddress routeTo(Hop hop) throws IOException {
        return ListeningPoints.routeTo(hop);
    }

    @Override
    public void send(OutboundRequest request) {
        try {
            senders.towards(request.hop()).execute(() -> transmitGuarded(request));
        } catch (RejectedExecutionException e) {
            listener.failed(
                    request.transaction(),
                    closed ? "the SIP user agent is closed" : "too many messages wait to be sent to " + request.hop());
        }
    }

    // What the listener throws is its own trouble: the next message in the queue is another call's.
    private void transmitGuarded(OutboundRequest outbound) {
        try {
            transmit(outbound);
        } catch (Throwable e) {
            LOG.warn(
                    "call={} nobody heard what became of the {}",
                    outbound.request().callId(),
                    outbound.request().method(),
                    e);
        }
    }

    private void transmit(OutboundRequest outbound) {
        TransactionId id = outbound.transaction();
        try {
            Point point = stacks.towards(outbound.hop()).points().towards(outbound.hop());
            SIPRequest request = converter.request(outbound, point.local());
            if (id.method().equals("ACK")) {
                point.provider().sendRequest(request);
            } else {
                ClientTransaction transaction = point.provider().getNewClientTransaction(request);
                transaction.setApplicationData(id);
                transaction.sendRequest();
            }
            listener.sent(id);
        } catch (IOException e) {
            listener.failed(id, String.valueOf(e.getMessage()));
        } catch (ParseException e) {
            listener.failed(id, "the " + id.method() + " cannot be written as a SIP message");
        } catch (SipException e) {
            listener.failed(id, cannotReach(outbound.hop()));
        } catch (RuntimeException e) {
            LOG.warn("call={} {} was not sent", id.callId(), id.method(), e);
            listener.failed(id, cannotReach(outbound.hop()));
        }
    }

    private String cannotReach(Hop hop) {
        String why = stacks.connectFailure(hop);
        return "cannot send to " + hop + (why == null ? "" : ": " + why);
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        senders.close();
        var stopper = new Thread(stacks::stop, "sip-stop");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
