package dev.outdial.sip.jain;

import dev.outdial.sip.jain.ListeningPoints.Point;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.TransportListener;
import gov.nist.javax.sip.ListeningPointExt;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is looked after while nothing is said: pings, connections that are to be opened again, and every five seconds whether the stack lives.
 * <b>Threading:</b> any thread; the work is done on one of its own, and what may wait on the sender of its hop.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int TICKS_PER_SECOND = 2;
    private static final int WATCHDOG_SECONDS = 5;

    private final Stacks stacks;
    private final Senders senders;
    private final TransportListener listener;
    private final KeepAlive.Terms terms;
    private final Map<Hop, Long> nextDatagrams = new ConcurrentHashMap<>();
    private final Set<Hop> wanted = ConcurrentHashMap.newKeySet();
    private final Set<Hop> connecting = ConcurrentHashMap.newKeySet();
    private final Backoff<Hop> backoff = new Backoff<>();
    private final LongAdder rebuilt = new LongAdder();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
        var thread = new Thread(task, "sip-upkeep");
        thread.setDaemon(true);
        return thread;
    });
    private Pulse pulse = new Pulse();
    private int ticks;

    Upkeep(Stacks stacks, Senders senders, TransportListener listener, KeepAlive.Terms terms) {
        this.stacks = stacks;
        this.senders = senders;
        this.listener = listener;
        this.terms = terms;
    }

    /** Begins. */
    void start() {
        var unused = clock.scheduleWithFixedDelay(this::tick, 1, 1_000L / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    /** As {@link dev.outdial.sip.transport.SipTransport#keepAlive}. */
    void keepAlive(Hop hop, boolean on) {
        if (hop.transport() == TransportProtocol.UDP) {
            if (on) nextDatagrams.putIfAbsent(hop, System.nanoTime() + pauseNanos());
            else nextDatagrams.remove(hop);
        } else {
            if (on) wanted.add(hop);
            else wanted.remove(hop);
        }
    }

    /** How often the stack was replaced. */
    long rebuilt() {
        return rebuilt.sum();
    }

    private long pauseNanos() {
        return terms.pauseNanos(ThreadLocalRandom.current().nextDouble());
    }

    private void tick() {
        try {
            stacks.running()
                    .forEach(running -> running.sockets().connections().all().forEach(this::tend));
            nextDatagrams.forEach(this::sendDatagramInTime);
            wanted.forEach(this::reconnect);
            if (++ticks % (TICKS_PER_SECOND * WATCHDOG_SECONDS) == 0) watch();
        } catch (Throwable e) { // the next round must take place
            LOG.warn("the upkeep of SIP connections failed", e);
        }
    }

    private void tend(Connection connection) {
        switch (connection.tend(wanted.contains(connection.hop()))) {
            case PING -> onSender(connection.hop(), connection::ping);
            case GIVE_UP -> {
                LOG.info("{} does not answer any more: its connection is closed", connection);
                connection.abort();
            }
            case NOTHING -> {}
        }
    }

    private void sendDatagramInTime(Hop hop, long dueNanos) {
        long now = System.nanoTime();
        if (now - dueNanos < 0) return;
        nextDatagrams.replace(hop, now + pauseNanos());
        onSender(hop, () -> {
            try {
                RunningStack running = stacks.towards(hop);
                running.sockets().keepAlive(running.points().towards(hop).local(), hop.address());
            } catch (IOException e) {
                LOG.debug("no keep-alive to {}: {}", hop, e.getMessage());
            }
        });
    }

    private void reconnect(Hop hop) {
        if (!backoff.mayTry(hop, System.nanoTime()) || !connecting.add(hop)) return;
        boolean begun = onSender(hop, () -> {
            try {
                connect(hop);
                backoff.succeeded(hop);
            } catch (IOException | RuntimeException e) {
                LOG.debug("no connection to {}: {}", hop, e.getMessage());
                backoff.failed(
                        hop, System.nanoTime(), ThreadLocalRandom.current().nextDouble());
            } finally {
                connecting.remove(hop);
            }
        });
        if (!begun) connecting.remove(hop);
    }

    // A ping makes jain-sip take the connection and read from it.
    private void connect(Hop hop) throws IOException {
        RunningStack running = stacks.towards(hop);
        if (!wanted.contains(hop) || running.sockets().connections().reach(hop.address())) return;
        Point point = running.points().towards(hop);
        running.sockets().connect(hop.address(), point.local().getAddress());
        var listening = (ListeningPointExt)
                point.provider().getListeningPoint(hop.transport().parameter());
        listening.sendHeartbeat(
                hop.address().getAddress().getHostAddress(), hop.address().getPort());
    }

    private boolean onSender(Hop hop, Runnable work) {
        try {
            senders.towards(hop).execute(work);
            return true;
        } catch (RejectedExecutionException e) { // closed, or so much to send that no ping is needed
            return false;
        }
    }

    private void watch() throws IOException {
        stacks.reopenOwed();
        RunningStack plain = stacks.plain();
        // In this order: what comes in between counts as done, not as left.
        long received = plain.sockets().admittedDatagrams();
        long workedOn = plain.sockets().workedOnDatagrams();
        if (pulse.beats(plain.sockets().isAttended(), received, workedOn)) return;
        rebuilt.increment();
        LOG.warn("the SIP stack does not read what it receives any more: it is started again");
        stacks.rebuildPlain()
                .forEach(transaction -> listener.failed(transaction, "the SIP stack broke down and was started again"));
        pulse = new Pulse();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
