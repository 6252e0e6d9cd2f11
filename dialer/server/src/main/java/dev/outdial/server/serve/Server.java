package dev.outdial.server.serve;

import dev.outdial.dialer.Dialer;
import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.TrunkReload;
import dev.outdial.server.calls.live.LiveCalls;
import dev.outdial.server.config.Reading;
import dev.outdial.server.config.ServerConfig;
import dev.outdial.server.http.HttpServer;
import dev.outdial.server.otel.CallTracing;
import dev.outdial.server.store.NodeLease;
import dev.outdial.server.store.Store;
import dev.outdial.server.webhook.WebhookDelivery;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: store, dialer, calls, webhooks and API. It serves when {@link #start} returns.
 *
 * <p><b>Threading:</b> any. {@link #close()} waits until calls are over, as long as the configuration says; {@link #hurry} cuts that short.
 */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Parts parts;
    private final Duration drain;
    private final String url;
    private final Optional<AccessKey> key;
    private final Object closing = new Object();
    private volatile boolean hurried;
    private volatile Optional<Thread> closer = Optional.empty();
    private boolean closed;

    /** What a server is made of. */
    record Parts(
            Optional<Loopback> loopback,
            Store store,
            NodeLease lease,
            TrunkBook trunks,
            Optional<Reload> reload,
            Dialer dialer,
            LiveCalls calls,
            Optional<CallTracing> tracing,
            WebhookDelivery webhooks,
            Housekeeping housekeeping,
            Status status,
            Meters meters,
            HttpServer http) {}

    Server(Parts parts, Duration drain, String url, Optional<AccessKey> key) {
        this.parts = parts;
        this.drain = drain;
        this.url = url;
        this.key = key;
    }

    /**
     * Starts one. Where the store has no access key, one is made, which {@link #key} tells; the server has to listen to its own machine
     * alone then.
     *
     * @throws ServeException where it cannot be started so; nothing is left open
     */
    public static Server start(ServerConfig config) {
        return new Assembly(config).start(false);
    }

    /**
     * The same, with trunks that can be read again.
     *
     * @param again reads the configuration once more, where {@link #reload} or the API asks for it; throws ConfigException
     */
    public static Server start(Reading config, Supplier<Reading> again) {
        return new Assembly(config, again).start(false);
    }

    /** The same with a new access key for this run in place of that of the run before. */
    public static Server startWithKey(ServerConfig config) {
        return new Assembly(config).start(true);
    }

    /** The same with those behind its loopback trunk. */
    static Server startWithKey(ServerConfig config, DialPlan callees) {
        return startWithKey(config, callees, InstantSource.system());
    }

    /** The same by another clock for the time of day. */
    static Server startWithKey(ServerConfig config, DialPlan callees, InstantSource clock) {
        return new Assembly(config, callees, clock).start(true);
    }

    /** The loopback trunk within it, where it has one. */
    Optional<LoopbackTrunk> bench() {
        return parts.loopback().map(Loopback::bench);
    }

    /** Where it is reached, as {@code http://127.0.0.1:8080}. */
    public String url() {
        return url;
    }

    /** The access key that was made at the start, where one was. */
    public Optional<AccessKey> key() {
        return key;
    }

    /**
     * Reads the configuration again and follows its trunks.
     *
     * @throws dev.outdial.server.calls.ServiceException with all that is wrong with it, where nothing changes, or where there is none
     */
    public TrunkReload reload() {
        return parts.reload()
                .orElseThrow(() -> new IllegalStateException("there is no configuration to be read again"))
                .run();
    }

    /** Whether it takes calls. */
    public boolean isReady() {
        return parts.status().readiness().ready();
    }

    /**
     * Takes no new calls, lets those that are up go on for as long as the configuration says, ends the rest properly, and closes
     * everything. Twice does no harm.
     */
    @Override
    public void close() {
        synchronized (closing) {
            if (closed) return;
            closed = true;
            closer = Optional.of(Thread.currentThread());
            endCalls();
            closer = Optional.empty();
            // Who hurried it is heard by now: what follows is done in order.
            boolean unused = Thread.interrupted();
            parts.tracing().ifPresent(tracing -> step("traces", tracing));
            step("webhooks", parts.webhooks());
            step("the API", parts.http());
            step("housekeeping", parts.housekeeping());
            step("figures", parts.meters()::close);
            step("the lease", parts.lease());
            step("the store", parts.store());
            parts.loopback().ifPresent(loopback -> step("the loopback trunk", loopback));
        }
    }

    /** Whoever waits in {@link #close()} for calls to end waits no longer: they are ended now. */
    public void hurry() {
        hurried = true;
        closer.ifPresent(Thread::interrupt);
    }

    private void endCalls() {
        parts.status().drain();
        parts.http().drain();
        step("trunks", parts.trunks());
        step("dialling", parts.calls()::stopDialling);
        step("calls", () -> parts.dialer().close(hurried ? Duration.ZERO : drain));
        boolean unused = Thread.interrupted();
        step("the book of calls", parts.calls());
    }

    private static void step(String what, AutoCloseable part) {
        try {
            part.close();
        } catch (Exception broken) {
            // The others are to be closed all the same.
            LOG.error("{} did not end properly", what, broken);
        }
    }
}
