package dev.outdial.sip.jain;

import dev.outdial.sip.jain.ListeningPoints.Point;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.SipTransport;
import dev.outdial.sip.transport.TransportListener;
import dev.outdial.sip.transport.TransportStatistics;
import gov.nist.javax.sip.message.SIPRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
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
    private final Map<TransactionId, Departure> waiting = new ConcurrentHashMap<>();
    private final LongAdder unreadable = new LongAdder();
    private volatile boolean closed;

    private JainTransport(Stacks.Setup setup, TransportListener listener) throws IOException {
        this.listener = listener;
        this.stacks = new Stacks(
                setup,
                origins -> new JainListener(
                        converter, listener, new JainResponders(converter, senders, origins), unreadable));
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
        var departure = new Departure(request, this::transmitGuarded);
        if (!isAck(request)) waiting.put(request.transaction(), departure);
        try {
            senders.towards(request.hop()).execute(departure);
        } catch (RejectedExecutionException e) {
            fail(
                    departure,
                    closed ? "the SIP user agent is closed" : "too many messages wait to be sent to " + request.hop());
        }
    }

    @Override
    public void withdraw(TransactionId transaction) {
        Departure departure = waiting.get(transaction);
        if (departure != null && take(departure)) listener.withdrawn(transaction);
    }

    @Override
    public TransportStatistics statistics() {
        return new TransportStatistics(stacks.dropped(), unreadable.sum());
    }

    private static boolean isAck(OutboundRequest request) {
        return request.request().method().equals("ACK");
    }

    private boolean take(Departure departure) {
        if (!departure.take()) return false;
        waiting.remove(departure.request().transaction(), departure);
        return true;
    }

    private void fail(Departure departure, String why) {
        if (take(departure)) listener.failed(departure.request().transaction(), why);
    }

    // What the listener throws is its own trouble: the next message in the queue is another call's.
    private void transmitGuarded(Departure departure) {
        try {
            transmit(departure);
        } catch (Throwable e) {
            LOG.warn(
                    "call={} nobody heard what became of the {}",
                    departure.request().request().callId(),
                    departure.request().request().method(),
                    e);
        }
    }

    private void transmit(Departure departure) {
        if (closed || !departure.waits()) return;
        OutboundRequest outbound = departure.request();
        Point point;
        SIPRequest request;
        try {
            RunningStack stack = stacks.towards(outbound.hop());
            point = stack.points().towards(outbound.hop());
            if (!isConnected(stack, point, departure)) return;
            request = converter.request(outbound, point.local());
        } catch (IOException e) {
            fail(departure, String.valueOf(e.getMessage()));
            return;
        } catch (ParseException e) {
            fail(departure, "the " + outbound.request().method() + " cannot be written as a SIP message");
            return;
        } catch (RuntimeException e) {
            notSent(outbound, e);
            fail(departure, cannotReach(outbound.hop()));
            return;
        }
        // All that takes time is done: from here on it leaves, and cannot be withdrawn.
        if (!closed && take(departure)) transmit(outbound, point, request);
    }

    // Where the far end cannot be reached, nothing that waits for it needs to try: each would take seconds to learn the
    // same.
    private boolean isConnected(RunningStack stack, Point point, Departure first) {
        Hop hop = first.request().hop();
        if (hop.transport() == TransportProtocol.UDP) return true;
        try {
            stack.sockets().connect(hop.address(), point.local().getAddress());
            return true;
        } catch (IOException e) {
            String why = "cannot send to " + hop + ": " + e.getMessage();
            fail(first, why);
            senders.waitingFor(hop).forEach(departure -> fail(departure, why));
            return false;
        }
    }

    private void transmit(OutboundRequest outbound, Point point, SIPRequest request) {
        TransactionId id = outbound.transaction();
        try {
            if (isAck(outbound)) {
                point.provider().sendRequest(request);
            } else {
                ClientTransaction transaction = point.provider().getNewClientTransaction(request);
                transaction.setApplicationData(id);
                transaction.sendRequest();
            }
            listener.sent(id);
        } catch (SipException e) {
            listener.failed(id, cannotReach(outbound.hop()));
        } catch (RuntimeException e) {
            notSent(outbound, e);
            listener.failed(id, cannotReach(outbound.hop()));
        }
    }

    private static void notSent(OutboundRequest outbound, RuntimeException e) {
        LOG.warn(
                "call={} {} was not sent",
                outbound.request().callId(),
                outbound.request().method(),
                e);
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
