package dev.outdial.sip.jain;

import dev.outdial.sip.jain.ListeningPoints.Point;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.TransportListener;
import gov.nist.javax.sip.ReleaseReferencesStrategy;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPTransaction;
import java.io.IOException;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes requests leave, each by the sender of its hop, and tells what became of them. <b>Threading:</b> any thread. */
final class Transmitter {
    private static final Logger LOG = LoggerFactory.getLogger(Transmitter.class);
    /** One unit of jain-sip's timers. */
    private static final int KEPT_AFTER_ANSWER_MILLIS = 500;

    private static final String CLOSED = "the SIP user agent is closed";

    private final Stacks stacks;
    private final Senders senders;
    private final TransportListener listener;
    private final LargeRequests large = new LargeRequests();
    private final Map<TransactionId, Departure> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Transmitter(Stacks stacks, Senders senders, TransportListener listener) {
        this.stacks = stacks;
        this.senders = senders;
        this.listener = listener;
    }

    /** As {@link dev.outdial.sip.transport.SipTransport#send}. */
    void send(OutboundRequest request) {
        var departure = new Departure(request, this::transmitGuarded);
        if (request.request().method().equals("CANCEL"))
            large.wayOfInvite(request).ifPresent(departure::divert);
        if (!isAck(request)) waiting.put(request.transaction(), departure);
        enqueue(departure);
    }

    private void enqueue(Departure departure) {
        Hop hop = departure.request().hop();
        try {
            // Nothing waits on the way out but for a stack that is being replaced.
            if (hop.transport() == TransportProtocol.UDP && stacks.isPlainRunning())
                senders.datagrams().nowOrInTurn(departure);
            else senders.towards(hop).execute(departure);
        } catch (RejectedExecutionException e) {
            fail(departure, closed ? CLOSED : "too many messages wait to be sent to " + hop);
        }
    }

    /** As {@link dev.outdial.sip.transport.SipTransport#withdraw}. */
    void withdraw(TransactionId transaction) {
        Departure departure = waiting.get(transaction);
        if (departure != null && take(departure)) listener.withdrawn(transaction);
    }

    /** Nothing leaves any more. */
    void close() {
        closed = true;
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
            request = RequestMaker.request(outbound, point.local());
        } catch (IOException e) {
            failOrRestore(departure, String.valueOf(e.getMessage()));
            return;
        } catch (ParseException e) {
            fail(departure, "the " + outbound.request().method() + " cannot be written as a SIP message");
            return;
        } catch (RuntimeException e) {
            notSent(outbound, e);
            fail(departure, cannotReach(outbound.hop()));
            return;
        }
        if (outbound.hop().transport() == TransportProtocol.UDP && !departure.isSettled()) {
            Optional<Hop> other = large.way(outbound, request);
            if (other.isPresent()) {
                departure.divert(other.get());
                enqueue(departure);
                return;
            }
        }
        // All that takes time is done: from here on it leaves, and cannot be withdrawn.
        if (closed || !take(departure)) return;
        if (departure.isDiverted()) large.left(outbound);
        transmit(outbound, point, request);
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
            if (first.isDiverted()) large.refused(hop);
            String why = "cannot send to " + hop + ": " + e.getMessage();
            failOrRestore(first, why);
            senders.waitingFor(hop).forEach(departure -> failOrRestore(departure, why));
            return false;
        }
    }

    private void failOrRestore(Departure departure, String why) {
        if (!departure.isDiverted()) {
            fail(departure, why);
            return;
        }
        departure.restore();
        enqueue(departure);
    }

    private void transmit(OutboundRequest outbound, Point point, SIPRequest request) {
        TransactionId id = outbound.transaction();
        try {
            if (isAck(outbound)) {
                point.provider().sendRequest(request);
            } else {
                ClientTransaction transaction = point.provider().getNewClientTransaction(request);
                transaction.setApplicationData(id);
                if (!request.getMethod().equals("INVITE")) letGoSoon((SIPTransaction) transaction);
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

    // An answered request is kept for T4 (RFC 3261 section 17.1.2.2) only to swallow repeated answers, which nobody
    // would hear anyway: at
    // hundreds of calls a second that is thousands of transactions, each written out again and parsed again when it
    // goes.
    private static void letGoSoon(SIPTransaction transaction) {
        transaction.setTimerT4(KEPT_AFTER_ANSWER_MILLIS);
        transaction.setReleaseReferencesStrategy(ReleaseReferencesStrategy.None);
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
}
