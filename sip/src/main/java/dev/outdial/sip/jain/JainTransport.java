package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.ConnectionTrial;
import dev.outdial.sip.transport.SipTransport;
import dev.outdial.sip.transport.TransportListener;
import dev.outdial.sip.transport.TransportStatistics;
import dev.outdial.sip.transport.WireTap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link SipTransport} made of jain-sip. <b>Threading:</b> any thread. */
public final class JainTransport implements SipTransport {
    private static final Logger LOG = LoggerFactory.getLogger(JainTransport.class);
    private static final long CLOSE_MILLIS = 2_000;

    private final Senders senders = new Senders();
    private final Gate gate;
    private final WireWatch watch = new WireWatch();
    private final Stacks stacks;
    private final Transmitter transmitter;
    private final Upkeep upkeep;
    private final TransportListener listener;
    private final LongAdder unreadable = new LongAdder();
    private volatile boolean closed;

    private JainTransport(Stacks.Setup setup, TransportListener listener, KeepAlive.Terms terms) throws IOException {
        var converter = new MessageConverter();
        this.listener = listener;
        this.gate = new Gate(listener::knows, System::nanoTime);
        this.stacks = new Stacks(
                setup,
                new Wire(gate, watch, terms),
                this::lost,
                origins -> new JainListener(
                        converter, listener, new JainResponders(converter, senders, origins), unreadable));
        this.transmitter = new Transmitter(stacks, senders, listener);
        this.upkeep = new Upkeep(stacks, senders, listener, terms);
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
        return open(setup, listener, KeepAlive.Terms.STANDARD);
    }

    /** As the other, with keep-alives in other times. */
    static JainTransport open(Stacks.Setup setup, TransportListener listener, KeepAlive.Terms terms)
            throws IOException {
        var transport = new JainTransport(setup, listener, terms);
        try {
            if (setup.bindAddress().isPresent())
                transport.stacks.plain().points().on(setup.bindAddress().get(), TransportProtocol.UDP);
            transport.upkeep.start();
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
        transmitter.send(request);
    }

    @Override
    public void withdraw(TransactionId transaction) {
        transmitter.withdraw(transaction);
    }

    @Override
    public ConnectionTrial tryConnection(Hop hop, Duration limit) {
        return TrialConnection.to(
                hop, stacks.setup().bindAddress(), stacks.setup().tls(), limit);
    }

    @Override
    public void tap(WireTap tap) {
        watch.tap(tap);
    }

    @Override
    public void trust(Set<InetAddress> peers) {
        gate.trust(peers);
    }

    @Override
    public void keepAlive(Hop hop, boolean on) {
        upkeep.keepAlive(hop, on);
    }

    private void lost(Hop hop) {
        if (closed) return;
        try {
            listener.connectionLost(hop);
        } catch (Throwable e) { // whoever closed it has nothing to do with the listener's trouble
            LOG.warn("nobody heard that the connection to {} is lost", hop, e);
        }
    }

    @Override
    public TransportStatistics statistics() {
        long transactions = stacks.running().stream()
                .mapToLong(running -> running.stack().openTransactions())
                .sum();
        return new TransportStatistics(
                gate.dropped(), unreadable.sum(), gate.strangers(), upkeep.rebuilt(), transactions);
    }

    /** For tests, which break it. */
    Stacks stacks() {
        return stacks;
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        upkeep.close();
        transmitter.close();
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
