package dev.outdial.server.otel;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the calls that this process ends told as traces: reads each from the store when it is over, and sends it. A receiver that is away,
 * or a store, costs traces and never calls. <b>Threading:</b> any.
 */
public final class CallTracing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallTracing.class);
    private static final int MOST_WAITING = 10_000;
    private static final long LONGEST_CLOSE_MILLIS = 5_000;
    /** The last one of the queue. */
    private static final String END = "";

    private final Store store;
    private final TracingSettings settings;
    private final SpanExport export;
    private final BlockingQueue<String> over = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;

    private record Stored(CallRecord call, List<CallEventRecord> events) {}

    private CallTracing(Store store, TracingSettings settings) {
        this.store = store;
        this.settings = settings;
        this.export = new SpanExport(settings);
        this.thread = Thread.ofPlatform().name("outdial-traces").daemon().unstarted(this::run);
    }

    /** Begins. Close it before the store. */
    public static CallTracing start(Store store, TracingSettings settings) {
        var tracing = new CallTracing(store, settings);
        tracing.thread.start();
        return tracing;
    }

    /** A call is over, and that is stored. Never waits. */
    public void over(String callId) {
        if (!over.offer(callId) && dropped.getAndIncrement() == 0) {
            LOG.warn("call={} is not traced: {} others wait; further ones are left out silently", callId, MOST_WAITING);
        }
    }

    private void run() {
        try {
            for (String id = over.take(); !id.equals(END); id = over.take()) trace(id);
        } catch (InterruptedException closing) {
            LOG.debug("no more calls are traced");
        }
    }

    private void trace(String id) {
        try {
            stored(id)
                    .ifPresent(known -> export.send(
                            CallSpans.of(known.call(), known.events(), settings.masked()),
                            CallSpans.parent(known.events())));
        } catch (ServiceException away) {
            LOG.debug("call={} is not traced: {}", id, away.getMessage());
        } catch (RuntimeException broken) {
            LOG.error("call={} cannot be traced", id, broken);
        }
    }

    private Optional<Stored> stored(String id) {
        return store.read(tables -> tables.calls()
                .byId(id)
                .map(call -> new Stored(call, tables.events().ofCall(call.account(), id))));
    }

    /** What waits is sent, for some seconds at most. */
    @Override
    public void close() {
        if (!over.offer(END)) thread.interrupt();
        try {
            thread.join(LONGEST_CLOSE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        export.close();
    }
}
