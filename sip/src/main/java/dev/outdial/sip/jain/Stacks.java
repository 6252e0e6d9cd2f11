package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sip.SipListener;
import org.jspecify.annotations.Nullable;

/**
 * The stacks of one transport: one for UDP and TCP; for TLS one for each name that is spoken to, and one for all far ends that are verified
 * by their address. Those for TLS are started when first needed. <b>Threading:</b> any thread.
 */
final class Stacks {
    /** Names come from whoever sets up trunks and calls, never from the network. */
    private static final int MOST_NAMES = 1_000;

    private final Setup setup;
    private final Function<JainResponders.Origins, SipListener> listeners;
    private final SizeAndRateGuard guard = new SizeAndRateGuard(System::nanoTime);
    private final RunningStack plain;
    private final Map<Optional<String>, RunningStack> overTls = new ConcurrentHashMap<>();
    private boolean stopped;

    /** Where to bind, and whom to trust. */
    record Setup(Optional<InetAddress> bindAddress, int bindPort, TlsClient tls) {}

    /**
     * Starts the stack for UDP and TCP.
     *
     * @param listeners makes the listener of a stack
     */
    Stacks(Setup setup, Function<JainResponders.Origins, SipListener> listeners) throws IOException {
        this.setup = setup;
        this.listeners = listeners;
        this.plain = start(new GuardedNetworkLayer(guard), Stacks::originInTheClear);
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

    /** The one for UDP and TCP. */
    RunningStack plain() {
        return plain;
    }

    /** The one by which the hop is reached. */
    RunningStack towards(Hop hop) throws IOException {
        if (hop.transport() != TransportProtocol.TLS) return plain;
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
        RunningStack started =
                start(new TlsSockets(guard, setup.tls(), name), (source, viaTransport) -> originOverTls(name, source));
        overTls.put(name, started);
        return started;
    }

    /** Why the latest connection to that hop failed. */
    @Nullable
    String connectFailure(Hop hop) {
        RunningStack running = hop.transport() == TransportProtocol.TLS ? overTls.get(key(hop)) : plain;
        return running == null ? null : running.sockets().connectFailure(hop.address());
    }

    /** How many messages were too big, too fast, or not fit to be sent. */
    long dropped() {
        return guard.dropped();
    }

    /** Stops all. */
    synchronized void stop() {
        stopped = true;
        plain.stop();
        overTls.values().forEach(RunningStack::stop);
    }
}
