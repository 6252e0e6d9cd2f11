package dev.outdial.sip.jain;

import dev.outdial.sip.jain.ListeningPoints.Place;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.message.TransportProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sip.SipListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stacks of one transport: one for UDP and TCP; for TLS one for each name that is spoken to, and one for all far ends that are verified
 * by their address. Those for TLS are started when first needed. <b>Threading:</b> any thread.
 */
final class Stacks {
    /** Names come from whoever sets up trunks and calls, never from the network. */
    private static final int MOST_NAMES = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Stacks.class);

    private final Setup setup;
    private final Function<JainResponders.Origins, SipListener> listeners;
    private final Wire wire;
    private final Consumer<Hop> lost;
    private final Map<Optional<String>, RunningStack> overTls = new ConcurrentHashMap<>();
    private final List<Place> owed = new ArrayList<>();
    private volatile @Nullable RunningStack plain;
    private boolean stopped;

    /** Where to bind, and whom to trust. */
    record Setup(Optional<InetAddress> bindAddress, int bindPort, TlsClient tls) {}

    /**
     * Starts the stack for UDP and TCP.
     *
     * @param lost told of each connection that is gone
     * @param listeners makes the listener of a stack
     */
    Stacks(Setup setup, Wire wire, Consumer<Hop> lost, Function<JainResponders.Origins, SipListener> listeners)
            throws IOException {
        this.setup = setup;
        this.wire = wire;
        this.lost = lost;
        this.listeners = listeners;
        this.plain = startPlain();
    }

    private RunningStack startPlain() throws IOException {
        return start(new GuardedNetworkLayer(new Connections(wire, lost)), Stacks::originInTheClear);
    }

    private RunningStack start(StackSockets sockets, JainResponders.Origins origins) throws IOException {
        return RunningStack.start(sockets, listeners.apply(origins), setup.bindAddress(), setup.bindPort());
    }

    // Only a key to a sender: over UDP all go by the one.
    private static Hop originInTheClear(InetSocketAddress source, String viaTransport) {
        return new Hop(source, viaTransport.equalsIgnoreCase("UDP") ? TransportProtocol.UDP : TransportProtocol.TCP);
    }

    private static Hop originOverTls(Optional<String> name, InetSocketAddress source) {
        return name.isPresent() ? Hop.overTls(source, name.get()) : new Hop(source, TransportProtocol.TLS);
    }

    /** Where to bind, and whom to trust. */
    Setup setup() {
        return setup;
    }

    /** The one for UDP and TCP. */
    RunningStack plain() {
        RunningStack running = plain;
        return running != null ? running : plainOnceRebuilt();
    }

    /** Whether {@link #plain} answers at once: it waits while the stack is being replaced. */
    boolean isPlainRunning() {
        return plain != null;
    }

    private synchronized RunningStack plainOnceRebuilt() {
        return Objects.requireNonNull(plain);
    }

    /** All that run. */
    List<RunningStack> running() {
        var all = new ArrayList<>(overTls.values());
        all.add(plain());
        return all;
    }

    /**
     * Replaces the stack for UDP and TCP by a new one that listens in the same places, so that what we told others of our address stays true;
     * takes a second or two, during which nothing can be sent. A place that cannot be had yet is owed.
     *
     * @return the transactions that ended with it, of which nothing will be told
     */
    synchronized List<TransactionId> rebuildPlain() throws IOException {
        RunningStack broken = plain();
        if (stopped) return List.of();
        List<TransactionId> waiting = broken.stack().waiting();
        plain = null;
        try {
            owed.addAll(broken.points().places());
            broken.stopAside();
        } finally {
            RunningStack rebuilt = startPlain();
            plain = rebuilt;
            reopen(rebuilt);
        }
        return waiting;
    }

    /** Tries again to listen where a stack did that was replaced. */
    synchronized void reopenOwed() {
        if (!stopped && !owed.isEmpty()) reopen(plain());
    }

    private void reopen(RunningStack running) {
        owed.removeIf(place -> {
            try {
                running.points().reopen(place);
                return true;
            } catch (IOException e) {
                LOG.warn("{}", e.getMessage());
                return false;
            }
        });
    }

    /** The one by which the hop is reached. */
    RunningStack towards(Hop hop) throws IOException {
        if (hop.transport() != TransportProtocol.TLS) return plain();
        RunningStack running = overTls.get(key(hop));
        return running != null ? running : startOverTls(key(hop));
    }

    private static Optional<String> key(Hop hop) {
        return hop.isVerifiedByAddress() ? Optional.empty() : hop.verifiedName();
    }

    private synchronized RunningStack startOverTls(Optional<String> name) throws IOException {
        if (stopped) throw new IOException("the SIP user agent is closed");
        RunningStack running = overTls.get(name);
        if (running != null) return running;
        if (overTls.size() > MOST_NAMES) throw new IOException("more than " + MOST_NAMES + " names spoken to over TLS");
        RunningStack started = start(
                new TlsSockets(new Connections(wire, lost), setup.tls(), name),
                (source, viaTransport) -> originOverTls(name, source));
        overTls.put(name, started);
        return started;
    }

    /** Why the latest connection to that hop failed. */
    @Nullable
    String connectFailure(Hop hop) {
        RunningStack running = hop.transport() == TransportProtocol.TLS ? overTls.get(key(hop)) : plain();
        return running == null ? null : running.sockets().connectFailure(hop.address());
    }

    /** Stops all. */
    synchronized void stop() {
        stopped = true;
        plain().stop();
        overTls.values().forEach(RunningStack::stop);
    }
}
