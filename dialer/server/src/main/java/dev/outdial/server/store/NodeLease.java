package dev.outdial.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among those that dial from one store. It says again and again that it lives; while it did so within its lease it may dial.
 * Who has not been heard of for a whole lease is taken for dead by the others.
 *
 * <p><b>Threading:</b> any; {@link #keep} has a thread of its own do what is to be done again and again.
 */
public final class NodeLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);
    /** A permit ends so much before the lease: what was decided in time is sent in time. */
    private static final int MARGIN = 5;

    private static final int BEATS_A_LEASE = 3;
    private static final int TRIES_A_LEASE = 10;
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Store store;
    private final Duration lease;
    private final LongSupplier nanoClock;
    private final List<Runnable> whenLost = new CopyOnWriteArrayList<>();
    /** Others, as they were last seen. */
    private final Map<String, Seen> others = new HashMap<>();

    /** When those that are gone and left dialogs behind were first seen to be gone. */
    private final Map<String, Long> goneSince = new HashMap<>();

    private long lookedNanos;
    /** One beat at a time, and none after the end. */
    private final Object beating = new Object();

    private volatile Optional<Thread> keeper = Optional.empty();
    private volatile Held held;
    private volatile boolean closed;

    /**
     * What is held at a time.
     *
     * @param node this process's name among the others
     * @param fence its token, greater than all before it
     * @param validUntilNanos until when it may dial, on the monotonic clock: a fifth of the lease before that ends
     */
    public record Held(String node, long fence, long validUntilNanos) {}

    private record Seen(long beats, long silentNanos) {}

    private NodeLease(Store store, Duration lease, LongSupplier nanoClock, Runnable whenLost) {
        this.store = store;
        this.lease = lease;
        this.nanoClock = nanoClock;
        this.whenLost.add(whenLost);
        this.lookedNanos = nanoClock.getAsLong();
        this.held = entered();
    }

    /**
     * Enters this process as a new one. In an embedded store all that were there before are dead: nobody else can have it open.
     *
     * @param lease how long it may be silent, a second or more
     * @param whenLost told when it was silent for longer and others took it for dead: its calls are theirs to end, and it has entered anew
     */
    public static NodeLease enter(Store store, Duration lease, Runnable whenLost) {
        return enter(store, lease, System::nanoTime, whenLost);
    }

    static NodeLease enter(Store store, Duration lease, LongSupplier nanoClock, Runnable whenLost) {
        if (lease.toMillis() < 1_000) {
            throw new IllegalArgumentException("lease of " + lease + ": a second or more is expected");
        }
        return new NodeLease(store, lease, nanoClock, whenLost);
    }

    private Held entered() {
        long before = nanoClock.getAsLong();
        var node =
                store.durably(tables -> tables.nodes().enter(UUID.randomUUID().toString(), lease));
        return new Held(node.id(), node.fence(), validFrom(before));
    }

    private long validFrom(long beatNanos) {
        return beatNanos + lease.toNanos() - lease.toNanos() / MARGIN;
    }

    public Held held() {
        return held;
    }

    /** How long a process may be silent. */
    public Duration length() {
        return lease;
    }

    /** Has somebody told, too, when it was silent for longer and has entered anew: what began under smaller fences is no more its own. */
    public void onLost(Runnable listener) {
        whenLost.add(listener);
    }

    /** Says that this process lives. Where it was taken for dead it enters anew, and who listens is told. Does nothing when it is closed. */
    public void renew() {
        if (!isKept()) whenLost.forEach(Runnable::run);
    }

    private boolean isKept() {
        synchronized (beating) {
            if (closed) return true;
            long before = nanoClock.getAsLong();
            Held now = held;
            boolean isAlive = store.lightly(tables -> tables.nodes().beat(now.node(), lease));
            if (isAlive) {
                held = new Held(now.node(), now.fence(), validFrom(before));
            } else {
                LOG.warn("node={} was silent for longer than its lease: others end its calls", now.node());
                held = entered();
                // They are hung up by this process itself: nobody else has to tell their far ends.
                store.durably(tables -> {
                    tables.dialogs().move(now.node(), held.node());
                    return true;
                });
            }
            return isAlive;
        }
    }

    /**
     * Takes for dead who has not been heard of for a lease, or whose lease was over by the database's clock when it was first seen. What
     * they claimed and did not begin is free again; their permits are settled as unknown. Between two calls of this no more than half a
     * lease counts.
     *
     * @return the dead whose calls have begun and are not over: see {@link QueueTable#begunBy}; they are to be ended as {@code unknown}.
     *     A node is in the list until they are
     */
    public List<String> buryDead() {
        long nowNanos = nanoClock.getAsLong();
        for (NodesTable.Node dead : dead(nowNanos)) {
            store.durably(tables -> {
                boolean isBuried = tables.nodes().bury(dead.id(), dead.beats());
                if (isBuried) {
                    Instant now = tables.nodes().databaseTime();
                    tables.attempts().settleAllOf(dead.id(), "unknown", now);
                    LOG.warn("node={} is gone", dead.id());
                }
                return isBuried;
            });
        }
        return store.durably(tables -> {
            List<String> left = tables.nodes().goneWithCalls();
            left.forEach(tables.queue()::freeAllOf);
            tables.nodes().forgetGone();
            return tables.nodes().goneWithCalls();
        });
    }

    /**
     * Takes over the dialogs that others left behind who are gone: this process is to end them. On a store that is shared, a node has a
     * further lease to find that it was taken for dead and was not: then its calls, which go on, stay its own.
     *
     * @return so many at most; each is told once, as long as this process lives
     */
    public List<DialogsTable.Row> takeDialogs(int limit) {
        List<String> gone = goneForLong(store.read(tables -> tables.dialogs().nodesGone()));
        if (gone.isEmpty()) return List.of();
        return store.durably(tables -> {
            List<DialogsTable.Row> taken = new ArrayList<>();
            for (String node : gone) {
                taken.addAll(tables.dialogs().take(node, held.node(), limit - taken.size()));
            }
            return taken;
        });
    }

    private synchronized List<String> goneForLong(List<String> gone) {
        long nowNanos = nanoClock.getAsLong();
        goneSince.keySet().retainAll(gone);
        gone.forEach(node -> goneSince.putIfAbsent(node, nowNanos));
        return gone.stream()
                .filter(node -> !node.equals(held.node()))
                .filter(node -> store.isAlone() || nowNanos - goneSince.getOrDefault(node, nowNanos) > lease.toNanos())
                .toList();
    }

    private synchronized List<NodesTable.Node> dead(long nowNanos) {
        record Sight(List<NodesTable.Node> alive, Instant time) {}
        Sight sight = store.read(
                tables -> new Sight(tables.nodes().alive(), tables.nodes().databaseTime()));
        // Nobody says how much of a long time between two looks the database was away, so that nobody could say that it
        // lives.
        long sinceLastNanos = Math.min(nowNanos - lookedNanos, lease.toNanos() / 2);
        lookedNanos = nowNanos;
        List<NodesTable.Node> dead = new ArrayList<>();
        Map<String, Seen> now = new HashMap<>();
        for (NodesTable.Node node : sight.alive()) {
            if (node.id().equals(held.node())) {
                continue;
            }
            Seen before = others.get(node.id());
            long silentNanos =
                    before != null && before.beats() == node.beats() ? before.silentNanos() + sinceLastNanos : 0;
            // Between two looks the monotonic clock alone counts: the other one may jump.
            boolean isDead = before == null
                    ? store.isAlone() || sight.time().isAfter(node.leaseUntil())
                    : silentNanos > lease.toNanos();
            if (isDead) {
                dead.add(node);
            } else {
                now.put(node.id(), new Seen(node.beats(), silentNanos));
            }
        }
        others.clear();
        others.putAll(now);
        return dead;
    }

    /** From now on a thread of its own renews the lease three times in its length. A database that is away is asked again, sooner. */
    public NodeLease keep() {
        keeper = Optional.of(Thread.ofPlatform()
                .name("outdial-lease-" + held.node())
                .daemon()
                .start(this::beat));
        return this;
    }

    private void beat() {
        Duration pause = lease.dividedBy(BEATS_A_LEASE);
        while (!closed) {
            try {
                Thread.sleep(pause);
                renew();
                pause = lease.dividedBy(BEATS_A_LEASE);
            } catch (InterruptedException over) {
                return;
            } catch (RuntimeException trouble) {
                LOG.warn("node={} cannot renew its lease: {}", held.node(), trouble.toString());
                pause = lease.dividedBy(TRIES_A_LEASE);
            }
        }
    }

    /**
     * Leaves: what it claimed and did not begin is for others. Its thread ends, and says nothing more. Call it when its calls are over, and
     * before the store is closed.
     */
    @Override
    public void close() {
        synchronized (beating) {
            closed = true;
        }
        keeper.ifPresent(NodeLease::end);
        store.durably(tables -> {
            tables.nodes().leave(held.node());
            return tables.queue().freeAllOf(held.node());
        });
    }

    private static void end(Thread keeper) {
        keeper.interrupt();
        try {
            boolean unused = keeper.join(LONGEST_END);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
