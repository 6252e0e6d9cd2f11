package dev.outdial.server.dial;

import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.NodeLease;
import dev.outdial.server.store.QueueTable.Claim;
import dev.outdial.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds calls whose time has come to whoever places them: the highest priority first, within their windows, so many at a time, and of one
 * trunk no more than a few that wait for its pace, so that a slow trunk holds up no other. Without a lease it feeds none.
 *
 * <p><b>Threading:</b> any may wake it; it looks on a thread of its own.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int MOST_CLAIMED = 100;
    private static final int MOST_WAITING_A_TRUNK = 50;
    private static final Duration FULL_TRUNK = Duration.ofSeconds(1);
    /** Other processes bring calls, too, and wake nobody here. */
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(500);

    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(5);

    private final Store store;
    private final NodeLease lease;
    private final CallingHours hours;
    private final CampaignFeed campaigns;
    private final InstantSource clock;
    private final int mostAtOnce;
    private final Hands hands;
    private final Thread thread;
    /** By call, the trunk that it waits for; empty where it waits no more. */
    private final Map<String, String> underWay = new HashMap<>();

    /** The dispatcher's thread's own. */
    private long sleepMillis = LONGEST_SLEEP.toMillis();

    private boolean woken;
    private boolean stopped;

    /** Who does what comes of it. Called on the dispatcher's thread: nothing waits. */
    public interface Hands {
        /** Places a call that is claimed, and tells {@link Dispatcher#begun} and {@link Dispatcher#over} of it. */
        void place(Claim claim);

        /** Ends a call that waited for too long. */
        void giveUp(CallRecord call);
    }

    public Dispatcher(
            Store store, NodeLease lease, CallingHours hours, InstantSource clock, int mostAtOnce, Hands hands) {
        this.store = store;
        this.lease = lease;
        this.hours = hours;
        this.campaigns = new CampaignFeed(store, hours);
        this.clock = clock;
        this.mostAtOnce = mostAtOnce;
        this.hands = hands;
        this.thread = Thread.ofPlatform().name("outdial-dispatcher").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Has it look now. */
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** A call waits for its trunk no more. */
    public synchronized void begun(String callId) {
        underWay.computeIfPresent(callId, (id, trunk) -> "");
    }

    /** A call is over, or back in the queue. */
    public synchronized void over(String callId) {
        if (underWay.remove(callId) != null) wake();
    }

    private void run() {
        while (awaitTurn()) {
            try {
                dispatch();
            } catch (ServiceException away) {
                LOG.warn("nothing is dialled: {}", away.getMessage());
            } catch (RuntimeException broken) {
                LOG.error("nothing is dialled for a moment", broken);
            }
        }
    }

    private synchronized boolean awaitTurn() {
        try {
            if (!woken && !stopped) wait(sleepMillis);
        } catch (InterruptedException closing) {
            return false;
        }
        woken = false;
        sleepMillis = LONGEST_SLEEP.toMillis();
        return !stopped;
    }

    private void dispatch() {
        Instant now = clock.instant();
        List<CallRecord> late = store.read(tables -> tables.queue().pastGiveUp(now, MOST_CLAIMED));
        late.forEach(hands::giveUp);
        NodeLease.Held held = lease.held();
        int room = Math.min(MOST_CLAIMED, room());
        if (room <= 0 || held.validUntilNanos() - System.nanoTime() <= 0) return;
        campaigns.feed(now);
        if (!isDue(now)) return;
        List<Claim> claims = store.lightly(tables -> tables.queue().claimDue(held.node(), held.fence(), now, room));
        Set<Claim> left = new HashSet<>(claims);
        try {
            for (Claim claim : claims) {
                dispatch(claim, now);
                left.remove(claim);
            }
        } finally {
            left.forEach(claim -> free(claim, now)); // none where all went well
        }
        if (!claims.isEmpty() && (claims.size() == room || isDue(now))) wake();
    }

    /** Whether a call waits to be claimed; else sleeps no longer than until the next one does. */
    private boolean isDue(Instant now) {
        Optional<Instant> due = store.read(tables -> tables.queue().nextDue());
        if (due.isEmpty()) return false;
        Duration until = Duration.between(now, due.get());
        if (!until.isPositive()) return true;
        sleepMillis = Math.clamp(until.toMillis(), SHORTEST_SLEEP.toMillis(), LONGEST_SLEEP.toMillis());
        return false;
    }

    private void dispatch(Claim claim, Instant now) {
        Instant open = hours.next(claim.call(), now);
        if (open.isAfter(now)) {
            free(claim, open);
        } else if (taken(claim.call())) {
            hands.place(claim);
        } else {
            free(claim, now.plus(FULL_TRUNK));
        }
    }

    private void free(Claim claim, Instant due) {
        boolean unused = store.lightly(tables -> tables.queue().free(claim, due));
    }

    private synchronized int room() {
        return stopped ? 0 : mostAtOnce - underWay.size();
    }

    private synchronized boolean taken(CallRecord call) {
        long waiting = underWay.values().stream().filter(call.trunk()::equals).count();
        if (stopped || waiting >= MOST_WAITING_A_TRUNK) return false;
        underWay.put(call.id(), call.trunk());
        return true;
    }

    /** Nothing is dialled any more; returns when nothing will be. */
    @Override
    public void close() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        try {
            boolean unused = thread.join(LONGEST_SLEEP.multipliedBy(10));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
