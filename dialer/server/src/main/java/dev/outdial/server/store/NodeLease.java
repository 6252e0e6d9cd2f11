package dev.outdial.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    private final Store store;
    private final Duration lease;
    private final LongSupplier nanoClock;
    private final Runnable whenLost;
    /** Others, as they were last seen. */
    private final Map<String, Seen> others = new HashMap<>();

    /** When those that are gone and left dialogs behind were first seen to be gone. */
    private final Map<String, Long> goneSince = new HashMap<>();

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

    private record Seen(long beats, long sinceNanos) {}

    private NodeLease(Store store, Duration lease, LongSupplier nanoClock, Runnable whenLost) {
        this.store = store;
        this.lease = lease;
        this.nanoClock = nanoClock;
        this.whenLost = whenLost;
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

    /** Says that this process lives. Where it was taken for dead it enters anew, and its listener is told. */
    public void renew() {
        long before = nanoClock.getAsLong();
        Held now = held;
        if (store.<Boolean>lightly(tables -> tables.nodes().beat(now.node(), lease))) {
            held = new Held(now.node(), now.fence(), validFrom(before));
            return;
        }
        LOG.warn("node={} was silent for longer than its lease: others end its calls", now.node());
        held = entered();
        // Its calls go on, whatever others hold of them.
        store.durably(tables -> {
            tables.dialogs().move(now.node(), held.node());
            return true;
        });
        whenLost.run();
    }

    /**
     * Takes for dead who has not been heard of for a lease, or whose lease was over by the database's clock when it was first seen. What
     * they claimed and did not begin is free again; their permits are settled as unknown.
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
        List<NodesTable.Node> dead = new ArrayList<>();
        Map<String, Seen> now = new HashMap<>();
        for (NodesTable.Node node : sight.alive()) {
            if (node.id().equals(held.node())) {
                continue;
            }
            Seen before = others.get(node.id());
            // Between two looks the monotonic clock alone counts: the other one may jump.
            boolean isDead = before == null
                    ? store.isAlone() || sight.time().isAfter(node.leaseUntil())
                    : before.beats() == node.beats() && nowNanos - before.sinceNanos() > lease.toNanos();
            if (isDead) {
                dead.add(node);
            } else {
                now.put(
                        node.id(),
                        before != null && before.beats() == node.beats() ? before : new Seen(node.beats(), nowNanos));
            }
        }
        others.clear();
        others.putAll(now);
        return dead;
    }

    /** From now on a thread of its own renews the lease three times in its length. A database that is away is asked again. */
    public NodeLease keep() {
        var unused = Thread.ofPlatform().name("outdial-lease").daemon().start(() -> {
            while (!closed) {
                try {
                    Thread.sleep(lease.dividedBy(BEATS_A_LEASE));
                    renew();
                } catch (InterruptedException over) {
                    return;
                } catch (RuntimeException trouble) {
                    LOG.warn("node={} cannot renew its lease: {}", held.node(), trouble.toString());
                }
            }
        });
        return this;
    }

    /** Leaves: what it claimed and did not begin is for others. Call it when its calls are over. */
    @Override
    public void close() {
        closed = true;
        store.durably(tables -> {
            tables.nodes().leave(held.node());
            return tables.queue().freeAllOf(held.node());
        });
    }
}
