package dev.outdial.server.calls.live;

import dev.outdial.dialer.Call;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.NodeLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what processes left behind that are gone: whom they may have dialled nobody knows, and nobody dials again; what they had not begun is
 * dialled by who lives. Whoever is still in such a call is told that it is over. <b>Threading:</b> any.
 */
final class Recovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int MOST_AT_ONCE = 200;

    private final Workshop workshop;
    private final Farewells farewells;
    private final LeftOpen leftOpen;
    private final Thread thread;

    Recovery(Workshop workshop, Farewells farewells, Duration every) {
        this.workshop = workshop;
        this.farewells = farewells;
        this.leftOpen = new LeftOpen(workshop);
        this.thread = Thread.ofPlatform().name("outdial-recovery").daemon().unstarted(() -> run(every));
    }

    void start() {
        thread.start();
    }

    private void run(Duration every) {
        try {
            while (true) {
                Thread.sleep(every);
                try {
                    look();
                } catch (ServiceException away) {
                    LOG.debug("nobody is looked after: {}", away.getMessage());
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("nobody looks after other processes any more");
        }
    }

    /**
     * This process was silent for longer than its lease and was taken for dead: its calls are told as unknown, so that those that are up
     * are hung up. What it had not dialled yet it does not dial, since its permits have run out.
     */
    void lost() {
        Thread.ofVirtual().name("outdial-lost-lease").start(() -> {
            try {
                look();
            } catch (ServiceException away) {
                LOG.debug("calls are hung up before they are told as over: {}", away.getMessage());
            }
            hangUpLost();
        });
    }

    private void hangUpLost() {
        long fence = workshop.settings().lease().held().fence();
        for (LiveCall call : workshop.live().values()) {
            if (call.fence() >= fence) continue;
            if (call.isSent() || call.isIncoming()) {
                LOG.warn("call={} is hung up: it was ended as unknown meanwhile", call.id());
                call.ask("failed");
                call.call().ifPresent(up -> up.hangUp(Hangups.cause("failed")));
            } else {
                // It waits for its turn, which is another's now.
                call.call().ifPresent(Call::hangUp);
            }
        }
    }

    /** Ends what is to be ended now. */
    synchronized void look() {
        NodeLease lease = workshop.settings().lease();
        for (String node : lease.buryDead()) {
            for (List<CallRecord> left = begunBy(node); !left.isEmpty(); left = begunBy(node)) {
                end(left);
            }
        }
        workshop.queueChanged();
        farewells.look();
        leftOpen.look();
    }

    private List<CallRecord> begunBy(String node) {
        return workshop.store().read(tables -> tables.queue().begunBy(node, MOST_AT_ONCE));
    }

    private void end(List<CallRecord> calls) {
        var over = EndWords.nobodyKnows("the process that dialled it went away");
        // What is told of a call is told before its end.
        List<CallChange> ends = new ArrayList<>(leftOpen.of(calls));
        calls.forEach(call -> ends.add(new CallChange(call.id(), over, workshop.now())));
        Aftermath aftermath = workshop.store().durably(tables -> {
            var after = new Aftermath();
            for (CallChange end : ends) {
                var unused = workshop.keeper().keep(tables, end, after);
            }
            return after;
        });
        LOG.warn("{} calls of a process that is gone end as unknown", calls.size());
        workshop.afterwards(aftermath);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
