package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.HostPort;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.stack.HopImpl;
import java.util.Collections;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.address.Router;
import javax.sip.message.Request;

/** Sends each request to the hop that it was given for, which is an address: jain-sip never gets a name to look up. */
final class HopRouter implements Router {
    static void give(SIPMessage request, Hop hop) {
        request.setApplicationData(hop);
    }

    @Override
    public javax.sip.address.Hop getNextHop(Request request) throws SipException {
        if (request instanceof SIPMessage message && message.getApplicationData() instanceof Hop hop) {
            String host = HostPort.of(hop.address().getAddress());
            return new HopImpl(host, hop.address().getPort(), hop.transport().name());
        }
        throw new SipException("a request without a hop");
    }

    @Override
    public javax.sip.address.@org.jspecify.annotations.Nullable Hop getOutboundProxy() {
        return null;
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // jain-sip deprecates it and still wants it
    public ListIterator<?> getNextHops(Request request) {
        return Collections.emptyListIterator();
    }
}
