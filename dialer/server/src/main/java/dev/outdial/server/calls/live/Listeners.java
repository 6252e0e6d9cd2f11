package dev.outdial.server.calls.live;

import dev.outdial.server.calls.EventService;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.Store;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who want to know that there is something new. Of events of other processes, and of those that others here store, it knows by a look at the
 * store now and then. <b>Threading:</b> any.
 */
final class Listeners implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final long LOOK_MILLIS = 500;

    private final Store store;
    private final ConcurrentMap<String, Set<Runnable>> byAccount = new ConcurrentHashMap<>();
    private final Thread looking =
            Thread.ofPlatform().name("outdial-looking").daemon().unstarted(this::look);

    Listeners(Store store) {
        this.store = store;
    }

    void start() {
        looking.start();
    }

    EventService.Subscription add(String account, Runnable listener) {
        Runnable own = listener::run; // the same listener twice is two
        byAccount.compute(account, (name, known) -> {
            Set<Runnable> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(own);
            return all;
        });
        return () -> {
            var unused = byAccount.computeIfPresent(account, (name, known) -> {
                known.remove(own);
                return known.isEmpty() ? null : known;
            });
        };
    }

    void told(List<String> accounts) {
        for (String account : accounts) {
            byAccount.getOrDefault(account, Set.of()).forEach(Listeners::run);
        }
    }

    private static void run(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException broken) {
            LOG.error("a listener of events failed", broken);
        }
    }

    private void look() {
        long seen = -1;
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                if (!byAccount.isEmpty()) seen = looked(seen);
            }
        } catch (InterruptedException closing) {
            LOG.debug("nobody looks for events any more");
        }
    }

    private long looked(long seen) {
        try {
            long last = store.read(tables -> tables.events().last());
            if (last != seen) told(List.copyOf(byAccount.keySet()));
            return last;
        } catch (ServiceException away) {
            return seen;
        }
    }

    @Override
    public void close() {
        looking.interrupt();
    }
}
