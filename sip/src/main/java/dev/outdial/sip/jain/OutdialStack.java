package dev.outdial.sip.jain;

import dev.outdial.sip.message.TransactionId;
import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.EventScanner;
import gov.nist.javax.sip.EventWrapper;
import gov.nist.javax.sip.SIPConstants;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.ServerResponseInterface;
import java.io.IOException;
import java.net.InetAddress;
import java.util.EventObject;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
import javax.sip.Transaction;
import org.jspecify.annotations.Nullable;

/** jain-sip as it may be run: with the settings that were measured, our network layer and our router. */
final class OutdialStack extends SipStackImpl {
    private static final AtomicLong SERIAL = new AtomicLong();
    private static final String NIST = "gov.nist.javax.sip.";

    private final WatchedParser parser = new WatchedParser();

    OutdialStack(NetworkLayer networkLayer) throws PeerUnavailableException {
        super(properties());
        this.networkLayer = networkLayer;
        setRouter(new HopRouter());
        stopEventScanner();
    }

    /** The only one, for all its channels. */
    WatchedParser parser() {
        return parser;
    }

    /** The transactions that wait for an answer. */
    List<TransactionId> waiting() {
        return clientTransactionTable.values().stream()
                .map(Transaction::getApplicationData)
                .filter(TransactionId.class::isInstance)
                .map(TransactionId.class::cast)
                .toList();
    }

    // jain-sip looks through all its transactions for one that a response belongs to and does not name, as RFC 2543 had
    // them. Repeated 2xx name one that is gone: the busier it was, the more of them came, and the longer each took.
    @Override
    public @Nullable ServerResponseInterface newSIPServerResponse(SIPResponse response, MessageChannel channel) {
        String name = response.getTransactionId();
        boolean isNamed = name.startsWith(SIPConstants.BRANCH_MAGIC_COOKIE_LOWER_CASE);
        if (isNamed && findTransaction(name, false) == null)
            return sipMessageFactory.newSIPServerResponse(response, channel);
        return super.newSIPServerResponse(response, channel);
    }

    // Its thread is not a daemon, would outlive the stack, and has nothing to do while listeners run on the receiving
    // threads. It
    // looks whether it was stopped only after an event, and survives one that it cannot deliver.
    private void stopEventScanner() {
        EventScanner scanner = getEventScanner();
        scanner.forceStop();
        scanner.addEvent(new EventWrapper(new EventObject(this), null));
    }

    private static Properties properties() {
        var p = new Properties();
        p.setProperty("javax.sip.STACK_NAME", "outdial-" + SERIAL.incrementAndGet());
        p.setProperty(NIST + "STACK_LOGGER", QuietStackLogger.class.getName());
        p.setProperty(NIST + "SERVER_LOGGER", QuietServerLogger.class.getName());
        p.setProperty(NIST + "TIMER_CLASS_NAME", DaemonSipTimer.class.getName());
        p.setProperty(NIST + "MESSAGE_PARSER_FACTORY", WatchedParserFactory.class.getName());
        p.setProperty(NIST + "TRACE_LEVEL", "0");
        // A thread a packet by default: 6-9 times slower, and messages overtake each other. See DatagramProcessor.
        p.setProperty(NIST + "THREAD_POOL_SIZE", "1");
        p.setProperty(NIST + "REENTRANT_LISTENER", "true");
        // Its default is the highest, which is the media loops'.
        p.setProperty(NIST + "THREAD_PRIORITY", Integer.toString(Thread.NORM_PRIORITY));
        p.setProperty(NIST + "MAX_MESSAGE_SIZE", Integer.toString(SizeAndRateGuard.LARGEST_MESSAGE_BYTES));
        p.setProperty(NIST + "RECEIVE_UDP_BUFFER_SIZE", "4194304");
        p.setProperty(NIST + "SEND_UDP_BUFFER_SIZE", "1048576");
        p.setProperty(NIST + "RELEASE_REFERENCES_STRATEGY", "Normal");
        p.setProperty(NIST + "MAX_LISTENER_RESPONSE_TIME", "10");
        p.setProperty(NIST + "MAX_FORK_TIME_SECONDS", "32");
        p.setProperty(NIST + "EARLY_DIALOG_TIMEOUT_SECONDS", "240");
        p.setProperty(NIST + "DELIVER_TERMINATED_EVENT_FOR_NULL_DIALOG", "true");
        p.setProperty(NIST + "REJECT_STRAY_RESPONSES", "false");
        // Pings are answered by Connection, and those of datagrams by nobody: two ends that answer never stop.
        p.setProperty(NIST + "MIN_KEEPALIVE_TIME_SECONDS", "0");
        p.setProperty(NIST + "READ_TIMEOUT", "2000");
        p.setProperty(NIST + "CONNECTION_TIMEOUT", "3000");
        // Hands are shaken by TlsSockets, within a time of its own: jain-sip's watchdog would close what it did not
        // see.
        p.setProperty(NIST + "SSL_HANDSHAKE_TIMEOUT", "-1");
        p.setProperty(NIST + "SSL_RENEGOTIATION_ENABLED", "false");
        p.setProperty(NIST + "TLS_CLIENT_PROTOCOLS", String.join(",", TlsClient.PROTOCOLS));
        p.setProperty(NIST + "CACHE_CLIENT_CONNECTIONS", "true");
        p.setProperty(NIST + "CACHE_SERVER_CONNECTIONS", "true");
        p.setProperty(NIST + "MAX_SERVER_TRANSACTIONS", "20000");
        p.setProperty(NIST + "MAX_CLIENT_TRANSACTIONS", "100000");
        p.setProperty(NIST + "DELIVER_UNSOLICITED_NOTIFY", "true");
        // With false, jain-sip asks its own router for every sip: URI, and that one looks names up.
        p.setProperty("javax.sip.USE_ROUTER_FOR_ALL_URIS", "true");
        // Dialogs are InviteMachine's: it keeps route sets, tags and numbers, and repeats the ACK of every leg of a
        // fork.
        p.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        return p;
    }

    @Override
    protected MessageProcessor createMessageProcessor(InetAddress address, int port, String transport)
            throws IOException {
        if (!transport.equalsIgnoreCase(ListeningPoint.UDP))
            return super.createMessageProcessor(address, port, transport);
        var datagrams = new DatagramProcessor(address, this, port);
        addMessageProcessor(datagrams);
        return datagrams;
    }

    /** How many transactions are open, ours and the far ends'. */
    int openTransactions() {
        return getClientTransactionTableSize() + getServerTransactionTableSize();
    }
}
