package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sip.SipListener;
import org.jspecify.annotations.Nullable;

/** The stacks of one transport: one for UDP and TCP, and one for each name that is spoken to over TLS, started when first needed. <b>Threading:</b> any thread. */
final class Stacks {
    /** Names come from whoever configures trunks and from those whom calls lead to. */
    private static final int MOST_NAMES = 1_000;

    private final Setup setup;
    private final Function<Optional<String>, SipListener> listeners;
    private final WireGuard guard = new SizeAndRateGuard(System::nanoTime);
    private final RunningStack plain;
    private final Map<String, RunningStack> byName = new ConcurrentHashMap<>();
    private boolean stopped;

    /** Where to bind, and whom to trust. */
    record Setup(Optional<InetAddress> bindAddress, int bindPort, TlsClient tls) {}

    /**
     * Starts the stack for UDP and TCP.
     *
     * @param listeners makes the listener of a stack, for the verified name where it is one for TLS
     */
    Stacks(Setup setup, Function<Optional<String>, SipListener> listeners) throws IOException {
        this.setup = setup;
        this.listeners = listeners;
        this.plain = start(new GuardedNetworkLayer(guard), Optional.empty());
    }

    private RunningStack start(StackSockets sockets, Optional<String> verifiedName) throws IOException {
        return RunningStack.start(sockets, listeners.apply(verifiedName), setup.bindAddress(), setup.bindPort());
    }

    /** The one for UDP and TCP. */
    RunningStack plain() {
        return plain;
    }

    /** The one by which the hop is reached. */
    RunningStack towards(Hop hop) throws IOException {
        if (hop.verifiedName().isEmpty()) return plain;
        RunningStack running = byName.get(hop.verifiedName().get());
        return running != null ? running : startFor(hop.verifiedName().get());
    }

    private synchronized RunningStack startFor(String name) throws IOException {
        if (stopped) throw new IOException("the SIP user agent is closed");
        RunningStack running = byName.get(name);
        if (running != null) return running;
        if (byName.size() >= MOST_NAMES) throw new IOException("too many names are spoken to over TLS: " + MOST_NAMES);
        RunningStack started = start(new TlsSockets(guard, setup.tls(), name), Optional.of(name));
        byName.put(name, started);
        return started;
    }

    /** Why the latest connection to that hop failed. */
    @Nullable
    String connectFailure(Hop hop) {
        RunningStack running = hop.verifiedName().map(byName::get).orElse(plain);
        return running == null ? null : running.sockets().connectFailure(hop.address());
    }

    /** Stops all. */
    synchronized void stop() {
        stopped = true;
        plain.stop();
        byName.values().forEach(RunningStack::stop);
    }
}
