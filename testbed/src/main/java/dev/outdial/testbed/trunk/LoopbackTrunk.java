package dev.outdial.testbed.trunk;

import dev.outdial.testbed.registrar.Gate;
import dev.outdial.testbed.registrar.Registrar;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A carrier on loopback: it registers users, asks for passwords, and answers calls by the persona of the number that is dialled. Everything that it hears it
 * remembers a call, so that a test can ask what really arrived.
 *
 * <pre>{@code
 * try (var trunk = LoopbackTrunk.builder().user("alice", "secret").start()) {
 *     ... dial 1000 at trunk.address() ...
 *     var call = trunk.awaitEnd(callId, Duration.ofSeconds(10)).orElseThrow();
 *     var sound = SoundComparison.compare(call.media().orElseThrow().pcm(), Prompt.WELCOME_MP3.reference());
 * }
 * }</pre>
 *
 * <p>It is not for the open network: it has no defence against strangers.
 *
 * <p><b>Threading:</b> safe for any thread. One thread of its own serves all calls; listeners hear from another.
 */
public final class LoopbackTrunk implements AutoCloseable {
    private final TrunkLoop loop;
    private final SipSockets sockets;
    private final WireTap tap;
    private final TrunkCore core;
    private final Watchers watchers;
    private final TrunkContext context;
    private boolean closed;

    private LoopbackTrunk(TrunkConfig config) {
        watchers = new Watchers(config.listener());
        tap = new WireTap(config.capture(), watchers::failed);
        loop = TrunkLoop.start(watchers::failed);
        try {
            sockets = SipSockets.open(loop, tap, config.listen());
        } catch (RuntimeException e) {
            loop.close();
            tap.close();
            watchers.close();
            throw e;
        }
        var secure = new SecureRandom();
        context = new TrunkContext(config, loop, sockets, tap, watchers, new Random(secure.nextLong()));
        var gate = new Gate(
                config.realm(),
                config.passwords(),
                config.algorithm(),
                config.nonceLife().toNanos(),
                () -> Long.toHexString(secure.nextLong()) + Long.toHexString(secure.nextLong()));
        core = new TrunkCore(context, gate);
    }

    /** Describes a trunk. */
    public static LoopbackTrunkBuilder builder() {
        return new LoopbackTrunkBuilder();
    }

    static LoopbackTrunk start(TrunkConfig config) {
        var trunk = new LoopbackTrunk(config);
        trunk.loop.ask(() -> {
            trunk.sockets.receive(trunk.core::receive);
            return true;
        });
        return trunk;
    }

    /** Where it listens, UDP and TCP. */
    public InetSocketAddress address() {
        return sockets.address();
    }

    /** The port, UDP and TCP. */
    public int port() {
        return address().getPort();
    }

    /** Whether a user has a registration that has not run out. */
    public boolean isRegistered(String user) {
        return !bindings(user).isEmpty();
    }

    /** Where a user can be reached now. */
    public List<Registrar.Binding> bindings(String user) {
        return loop.ask(() -> core.bindings(user, System.nanoTime()));
    }

    /** The calls that are remembered, in the order in which they came, as they are now. */
    public List<TrunkCall> calls() {
        return loop.ask(core::calls);
    }

    /** A call as it is now; empty when none of that Call-ID is remembered. */
    public Optional<TrunkCall> call(String callId) {
        return loop.ask(() -> core.call(callId).map(CallRecord::snapshot));
    }

    /** The last thousand SIP messages that belong to no call: REGISTER, OPTIONS, strays. */
    public List<TrunkMessage> otherMessages() {
        return loop.ask(core::others);
    }

    /**
     * Waits until a call, which may not have begun yet, is over. Where there was sound, that is a quarter of a second after its end, when late packets have been
     * counted and the recording is written.
     *
     * @return the call, or empty when it is not over in time
     */
    public Optional<TrunkCall> awaitEnd(String callId, Duration within) {
        var waiter = new CompletableFuture<TrunkCall>();
        loop.ask(() -> {
            context.await(callId, core.call(callId), waiter);
            return true;
        });
        try {
            return Optional.of(waiter.get(within.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Ends the calls with BYE, closes the ports, and waits until those who watch have heard of it. What was heard can still be asked for. */
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        loop.ask(() -> {
            core.close(System.nanoTime());
            return true;
        });
        loop.close();
        tap.close();
        watchers.close();
    }
}
