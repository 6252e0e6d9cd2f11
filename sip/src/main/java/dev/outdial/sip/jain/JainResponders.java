package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.transport.Responder;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.concurrent.RejectedExecutionException;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TransactionState;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the answers to requests leave by the sender of the connection on which the request came. */
final class JainResponders {
    private static final Logger LOG = LoggerFactory.getLogger(JainResponders.class);

    private final MessageConverter converter;
    private final Senders senders;
    private final Origins origins;

    @FunctionalInterface
    private interface Sending {
        void send(Response response) throws SipException, InvalidArgumentException;
    }

    /** Tells from where a request came, so that its answer finds the sender of that connection. */
    @FunctionalInterface
    interface Origins {
        /** The far end at that address, whose Via says that transport. */
        Hop of(InetSocketAddress source, String viaTransport);
    }

    /** The answers of one stack. */
    JainResponders(MessageConverter converter, Senders senders, Origins origins) {
        this.converter = converter;
        this.senders = senders;
        this.origins = origins;
    }

    /**
     * Answers in a transaction, which repeats the answer when the request is repeated. That of an INVITE ends with its first 2xx (RFC 3261
     * section 17.2.1): what is said again then leaves without it.
     */
    Responder of(ServerTransaction transaction, SipProvider provider, SIPRequest request) {
        return responder(request, response -> {
            if (transaction.getState() == TransactionState.TERMINATED) provider.sendResponse(response);
            else transaction.sendResponse(response);
        });
    }

    /** Answers and forgets. */
    Responder stateless(SipProvider provider, SIPRequest request) {
        return responder(request, provider::sendResponse);
    }

    private Responder responder(SIPRequest request, Sending sending) {
        return new Answering(request, sourceOf(request), sending);
    }

    /** Answers one request. */
    private final class Answering implements Responder {
        private final SIPRequest request;
        private final Hop source;
        private final Sending sending;

        Answering(SIPRequest request, Hop source, Sending sending) {
            this.request = request;
            this.source = source;
            this.sending = sending;
        }

        @Override
        public Hop source() {
            return source;
        }

        @Override
        public String branch() {
            String branch = request.getTopmostVia().getBranch();
            return branch == null ? "" : branch;
        }

        @Override
        public void answer(SipAnswer answer) {
            try {
                senders.towards(source).execute(() -> send(request, answer, sending));
            } catch (RejectedExecutionException e) {
                LOG.debug("no answer to {}: too many wait, or closed", source);
            }
        }
    }

    private void send(SIPRequest request, SipAnswer answer, Sending sending) {
        try {
            sending.send(converter.response(request, answer));
        } catch (SipException | InvalidArgumentException | ParseException | RuntimeException e) {
            // Such as a Via that names a transport other than the one it came by: whoever wrote it gets no answer.
            LOG.debug(
                    "no answer {} to {}: {}",
                    answer.status(),
                    sourceOf(request),
                    e.getClass().getName());
        }
    }

    private Hop sourceOf(SIPRequest request) {
        var source = new InetSocketAddress(request.getRemoteAddress(), Math.max(1, request.getRemotePort()));
        return origins.of(source, String.valueOf(request.getTopmostVia().getTransport()));
    }
}
