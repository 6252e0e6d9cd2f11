package dev.outdial.server.serve;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.SendLateness;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.OutboxRow;
import dev.outdial.server.store.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Figures of the server. Calls and deliveries are counted in the store, so those of all servers on one database are seen; nothing in them
 * names a number, a key or an account. <b>Threading:</b> any.
 */
final class Meters {
    private static final String ENDED = "call.ended";
    private static final int PORTION = 1000;
    private static final double NANOS = 1e9;
    private static final Duration[] SYNC_TIMES =
            Stream.of(1, 5, 25, 100, 500).map(Duration::ofMillis).toArray(Duration[]::new);

    private final Store store;
    private final Dialer dialer;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer storeTime;
    private final Timer setup;
    private volatile Figures figures = new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    /** The last event that was counted. Guarded by this. */
    private long cursor;

    /** What the store says at one time; not a number where it says nothing. */
    private record Figures(double queued, double open, double waiting, double dead) {}

    Meters(Store store, Dialer dialer) {
        this.store = store;
        this.dialer = dialer;
        cursor = store.read(tables -> tables.events().last());
        storeTime = Timer.builder("outdial.store.time")
                .description("How long the store takes to answer")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        setup = Timer.builder("outdial.call.setup")
                .description("From INVITE to ringing, or to the answer")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        var sync = Timer.builder("outdial.store.sync")
                .description("How long the disk takes to keep what was written; nothing is accepted before that")
                .serviceLevelObjectives(SYNC_TIMES)
                .register(registry);
        store.timeSyncs(nanos -> sync.record(nanos, TimeUnit.NANOSECONDS));
        gauges();
        lateness();
    }

    private void gauges() {
        Gauge.builder("outdial.calls.queued", this, meters -> meters.figures.queued())
                .description("Calls that wait to be dialled")
                .register(registry);
        Gauge.builder("outdial.calls.live", this, meters -> meters.figures.open() - meters.figures.queued())
                .description("Calls that are being set up or are up")
                .register(registry);
        Gauge.builder("outdial.webhooks.waiting", this, meters -> meters.figures.waiting())
                .description("Deliveries that wait")
                .register(registry);
        Gauge.builder("outdial.webhooks.dead", this, meters -> meters.figures.dead())
                .description("Deliveries that were given up")
                .register(registry);
    }

    private void lateness() {
        late("0.5", SendLateness::median);
        late("0.99", SendLateness::p99);
        late("1", SendLateness::max);
        Gauge.builder("outdial.rtp.sent", dialer, one -> one.sendLateness().packets())
                .description("RTP packets that were timed")
                .register(registry);
    }

    private void late(String quantile, java.util.function.Function<SendLateness, Duration> which) {
        Gauge.builder(
                        "outdial.rtp.late.seconds",
                        dialer,
                        one -> which.apply(one.sendLateness()).toNanos() / NANOS)
                .description("How late RTP packets leave")
                .tag("quantile", quantile)
                .register(registry);
    }

    /** Counts what ended since it was last asked. */
    synchronized void catchUp() {
        long before = System.nanoTime();
        try {
            while (true) {
                List<CallEventRecord> events =
                        store.read(tables -> tables.events().after(cursor, PORTION));
                events.stream().filter(event -> event.type().equals(ENDED)).forEach(this::count);
                if (!events.isEmpty()) cursor = events.getLast().cursor();
                if (events.size() < PORTION) break;
            }
            figures = store.read(tables -> new Figures(
                    tables.calls().queued(),
                    tables.calls().open(Optional.empty()),
                    tables.outbox().count(OutboxRow.State.PENDING)
                            + tables.outbox().count(OutboxRow.State.WAITING),
                    tables.outbox().count(OutboxRow.State.DEAD)));
            storeTime.record(System.nanoTime() - before, TimeUnit.NANOSECONDS);
        } catch (ServiceException away) {
            figures = new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
    }

    private void count(CallEventRecord event) {
        Optional<CallRecord> call = store.read(tables -> tables.calls().byId(event.callId()));
        if (call.isEmpty()) return;
        String outcome = call.get().outcome().isEmpty() ? "none" : call.get().outcome();
        Counter.builder("outdial.calls.ended")
                .description("Calls that ended, by outcome")
                .tag("outcome", outcome)
                .tag("direction", call.get().direction())
                .register(registry)
                .increment();
        var rang = call.get().ringing().or(call.get()::answered);
        if (call.get().invited().isPresent() && rang.isPresent()) {
            setup.record(Duration.between(call.get().invited().get(), rang.get()));
        }
    }

    /** All of them, in the form of Prometheus. */
    String text() {
        catchUp();
        return registry.scrape();
    }

    void close() {
        registry.close();
    }
}
