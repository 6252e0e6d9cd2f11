package dev.outdial.server.calls.live;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.trace.CallTrace;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallSeries;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.TraceRecord;
import dev.outdial.server.calls.TraceService;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.TracesTable.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what went over the wire: looks at the figures of each call that is up once a second, and stores what is left of an attempt a second
 * after its end, when the last messages have passed, many in one transaction. Nobody waits for that. Where the store is away so many wait
 * in memory, and the oldest of more are lost, as is all that was not stored when a process is killed.
 *
 * <p><b>Threading:</b> any; one thread of its own looks and writes.
 */
final class Traces implements TraceService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Traces.class);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_WAITING = 5_000;

    private final Store store;
    private final TraceSettings settings;
    private final Map<String, LiveCall> live;
    private final InstantSource clock;
    private final Thread thread =
            Thread.ofPlatform().name("outdial-traces").daemon().unstarted(this::run);
    /** Guards what waits. */
    private final Object waiting = new Object();

    private final Deque<Ended> ended = new ArrayDeque<>();
    private final Deque<Row> unwritten = new ArrayDeque<>();
    private boolean awayTold;
    private volatile boolean closed;

    /** An attempt that is over, whose last messages may not have passed yet. */
    private record Ended(Attempt attempt, long dueNanos) {}

    /** An attempt as this process has it. */
    private record Attempt(String callId, int number, Call call, Course course) {
        static Optional<Attempt> of(LiveCall live) {
            return live.call().map(call -> new Attempt(live.id(), live.attempt(), call, live.course()));
        }

        Piece piece() {
            return new Piece(call.trace(), course.series());
        }
    }

    /** What is known of an attempt. */
    private record Piece(CallTrace trace, Optional<CallSeries> series) {
        boolean isEmpty() {
            return trace.entries().isEmpty() && series.isEmpty();
        }
    }

    Traces(Store store, TraceSettings settings, Map<String, LiveCall> live, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.live = live;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /** The attempt is over; to be told before it is live no more. */
    void over(LiveCall call) {
        Attempt.of(call).ifPresent(attempt -> {
            synchronized (waiting) {
                ended.addLast(new Ended(attempt, System.nanoTime() + SECOND.toNanos()));
            }
        });
    }

    @Override
    public TraceRecord trace(String account, String id) {
        Known known = known(account, id);
        CallTrace all = known.pieces().stream().map(Piece::trace).reduce(CallTrace.EMPTY, CallTrace::and);
        return new TraceRecord(
                id,
                all,
                settings.packets().map(kept -> kept.file(id)),
                known.call().status() == CallStatus.HANGUP,
                false);
    }

    @Override
    public Optional<CallSeries> series(String account, String id) {
        return known(account, id).pieces().stream()
                .flatMap(piece -> piece.series().stream())
                .reduce((earlier, later) -> later);
    }

    private record Known(CallRecord call, List<Piece> pieces) {}

    /** What is in memory goes before what is stored: looked at first, so that what is being stored meanwhile is not missed. */
    private Known known(String account, String id) {
        Map<Integer, Piece> remembered = remembered(id);
        return store.read(tables -> {
            CallRecord call = tables.calls().find(account, id).orElseThrow(() -> Troubles.noCall(id));
            Map<Integer, Piece> pieces = new LinkedHashMap<>();
            for (Row row : tables.traces().ofCall(id)) pieces.put(row.attempt(), piece(row));
            pieces.putAll(remembered);
            return new Known(call, List.copyOf(pieces.values()));
        });
    }

    private Map<Integer, Piece> remembered(String id) {
        var attempts = new ArrayList<Attempt>();
        Optional<Attempt> running = Optional.ofNullable(live.get(id)).flatMap(Attempt::of);
        Map<Integer, Piece> pieces = new LinkedHashMap<>();
        synchronized (waiting) {
            unwritten.stream()
                    .filter(row -> row.callId().equals(id))
                    .forEach(row -> pieces.put(row.attempt(), piece(row)));
            ended.stream()
                    .map(Ended::attempt)
                    .filter(one -> one.callId().equals(id))
                    .forEach(attempts::add);
        }
        running.ifPresent(attempts::add);
        for (Attempt attempt : attempts) {
            Piece piece = attempt.piece();
            if (!piece.isEmpty()) pieces.put(attempt.number(), piece);
        }
        return pieces;
    }

    private static Piece piece(Row row) {
        try {
            return new Piece(CallTrace.parse(row.messages()), CallSeries.read(row.series()));
        } catch (IllegalArgumentException damaged) {
            LOG.warn("call={} the trace of attempt {} cannot be read", row.callId(), row.attempt());
            return new Piece(CallTrace.EMPTY, CallSeries.read(row.series()));
        }
    }

    private void run() {
        try {
            for (long next = System.nanoTime(); !closed; next += SECOND.toNanos()) {
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                try {
                    if (settings.series()) look(clock.instant());
                    prepare(System.nanoTime());
                    write();
                } catch (RuntimeException broken) {
                    LOG.error("what went over the wire is not all kept", broken);
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("nobody looks at the figures of calls any more");
        }
    }

    private void look(Instant now) {
        for (LiveCall call : live.values()) {
            if (call.isAnswered() && !call.isOver()) {
                call.call().ifPresent(one -> call.course().second(one.statistics(), now));
            }
        }
    }

    /** Makes rows of what was over by then. */
    private void prepare(long nowNanos) {
        for (Optional<Ended> next = due(nowNanos); next.isPresent(); next = due(nowNanos)) {
            Optional<Row> row = row(next.get().attempt());
            synchronized (waiting) {
                ended.removeFirst();
                row.ifPresent(unwritten::addLast);
                if (unwritten.size() > MOST_WAITING) unwritten.removeFirst();
            }
        }
    }

    private Optional<Ended> due(long nowNanos) {
        synchronized (waiting) {
            return Optional.ofNullable(ended.peekFirst()).filter(first -> first.dueNanos() - nowNanos <= 0);
        }
    }

    private Optional<Row> row(Attempt attempt) {
        Piece piece = attempt.piece();
        if (piece.isEmpty()) return Optional.empty();
        List<CallTrace.Entry> entries = piece.trace().entries();
        Instant begun = entries.isEmpty()
                ? piece.series().orElseThrow().begun()
                : entries.getFirst().at();
        return Optional.of(new Row(
                attempt.callId(),
                attempt.number(),
                begun.toEpochMilli(),
                piece.trace().stored(settings.secrets()),
                piece.series().map(series -> series.json().toString()).orElse("")));
    }

    private void write() {
        for (List<Row> batch = batch(); !batch.isEmpty(); batch = batch()) {
            List<Row> rows = batch;
            try {
                boolean unused = store.lightly(tables -> {
                    tables.traces().put(rows);
                    return true;
                });
                awayTold = false;
            } catch (ServiceException away) {
                if (away.kind() == ServiceException.Kind.UNAVAILABLE) {
                    if (!awayTold) LOG.warn("what went over the wire waits for the store: {}", away.getMessage());
                    awayTold = true;
                    return;
                }
                LOG.error("what went over the wire in {} calls cannot be stored", rows.size(), away);
            } catch (RuntimeException broken) {
                // What cannot be stored must not keep others from it.
                LOG.error("what went over the wire in {} calls cannot be stored", rows.size(), broken);
            }
            synchronized (waiting) {
                unwritten.removeAll(rows);
            }
        }
    }

    private List<Row> batch() {
        synchronized (waiting) {
            return unwritten.stream().limit(MOST_AT_ONCE).toList();
        }
    }

    /** Stores what is left, where the store is there. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        thread.interrupt();
        try {
            boolean unused = thread.join(SECOND.multipliedBy(5));
            prepare(System.nanoTime() + SECOND.toNanos());
            write();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            LOG.error("what went over the wire is not all kept", broken);
        }
    }
}
