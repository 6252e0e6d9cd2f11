package dev.outdial.sip.jain;

import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.transport.TransportListener;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.concurrent.atomic.LongAdder;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ObjectInUseException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransactionUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what jain-sip reports and passes it on. No Throwable leaves it: an Error would end the thread that reads the network, and the
 * stack would be deaf for ever. <b>Threading:</b> called on jain-sip's receiving and timer threads.
 */
final class JainListener implements SipListener {
    private static final Logger LOG = LoggerFactory.getLogger(JainListener.class);

    private final MessageConverter converter;
    private final TransportListener listener;
    private final JainResponders responders;
    private final LongAdder unreadable;

    /** Counts what cannot be passed on. */
    JainListener(
            MessageConverter converter, TransportListener listener, JainResponders responders, LongAdder unreadable) {
        this.unreadable = unreadable;
        this.converter = converter;
        this.listener = listener;
        this.responders = responders;
    }

    private void guarded(String what, Runnable body) {
        try {
            body.run();
        } catch (RuntimeException e) { // anybody can send what makes no sense: no reason to fill the log
            unreadable.increment();
            LOG.debug("{} was dropped: {}", what, e.getClass().getName());
        } catch (Throwable e) { // see the class comment
            unreadable.increment();
            LOG.warn("{} was dropped", what, e);
        }
    }

    @Override
    public void processRequest(RequestEvent event) {
        guarded("a request", () -> {
            var request = (SIPRequest) event.getRequest();
            SipRequest copy = converter.copy(request);
            var provider = (SipProvider) event.getSource();
            if (!isRemembered(copy)) {
                listener.requested(copy, responders.stateless(provider, request));
                return;
            }
            try {
                ServerTransaction known = event.getServerTransaction();
                ServerTransaction transaction = known != null ? known : provider.getNewServerTransaction(request);
                listener.requested(copy, responders.of(transaction, provider, request));
            } catch (TransactionAlreadyExistsException e) {
                // A retransmission: the transaction answers it.
                return;
            } catch (TransactionUnavailableException e) {
                // jain-sip misses a header that the method demands, such as Event in NOTIFY: answered, but not
                // remembered.
                listener.requested(copy, responders.stateless(provider, request));
            }
        });
    }

    private boolean isRemembered(SipRequest request) {
        if (request.method().equals("ACK")) return false;
        return listener.knows(request.callId()) || (request.method().equals("INVITE") && listener.wants(request));
    }

    @Override
    public void processResponse(ResponseEvent event) {
        guarded("a response", () -> {
            SipResponse copy = converter.copy(event.getResponse());
            // Only an INVITE has further answers that matter after the first: each 2xx wants an ACK.
            boolean isInvite = copy.method().equals("INVITE");
            ClientTransaction transaction = event.getClientTransaction();
            if (transaction != null && !isInvite && copy.status() >= 200) end(transaction);
            if (transaction != null || isInvite) listener.responded(copy);
        });
    }

    // jain-sip forgets to time the end of a transaction whose answer overtakes the return of its own sending.
    private static void end(ClientTransaction transaction) {
        try {
            transaction.terminate();
        } catch (ObjectInUseException e) {
            LOG.debug("a transaction is left to its own end");
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        guarded("a timeout", () -> {
            if (event.isServerTransaction()) return;
            ClientTransaction transaction = event.getClientTransaction();
            if (transaction.getApplicationData() instanceof TransactionId id) listener.timedOut(id);
        });
    }

    // Told for UDP sockets and pings as well: a request that cannot be sent is told by the sender or by its time limit.
    @Override
    public void processIOException(IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}
}
