package dev.outdial.server.serve;

import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.OldKeys;
import dev.outdial.server.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done now and then: old things are deleted, ended calls are counted. <b>Threading:</b> a thread of its own. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long COUNT_SECONDS = 15;
    private static final long DELETE_SECONDS = 600;
    /** So few at a time that nobody who accepts calls waits for them for more than some milliseconds. */
    private static final int PORTION = 50;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("outdial-housekeeping").daemon().factory());
    private final Store store;
    private final Duration retention;
    private final OldFiles packets;
    private final OldFiles recordings;

    /**
     * @param retention how old things may become; zero for any age
     * @param packets the folder that the packets of calls are in
     * @param recordings the folder that recordings are in
     */
    Housekeeping(Store store, Meters meters, Duration retention, Path packets, Path recordings) {
        this.store = store;
        this.retention = retention;
        this.packets = OldFiles.packets(packets, this::isCall);
        this.recordings = OldFiles.recordings(recordings, this::isRecording);
        var unused = thread.scheduleWithFixedDelay(
                () -> safely(meters::catchUp), COUNT_SECONDS, COUNT_SECONDS, TimeUnit.SECONDS);
        if (retention.isPositive()) {
            var unusedToo =
                    thread.scheduleWithFixedDelay(() -> safely(this::deleteOld), 60, DELETE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void deleteOld() {
        Instant before = Instant.now().minus(retention);
        int rows = 1;
        while (rows > 0 && !thread.isShutdown()) {
            rows = store.<Integer>lightly(tables -> tables.retention().deleteOlderThan(before, PORTION));
        }
        deleteKeys(before);
        packets.deleteOlderThan(before);
        recordings.deleteOlderThan(before);
    }

    /** Each is looked at once, and read where nobody waits for it. */
    private void deleteKeys(Instant before) {
        Optional<OldKeys.Key> last = Optional.empty();
        do {
            Optional<OldKeys.Key> after = last;
            OldKeys.Page page = store.read(tables -> tables.oldKeys().olderThan(before, after, PORTION));
            if (!page.gone().isEmpty()) {
                boolean unused = store.lightly(tables -> tables.oldKeys().delete(page.gone()));
            }
            last = page.last();
        } while (last.isPresent() && !thread.isShutdown());
    }

    private boolean isCall(String id) {
        return store.read(tables -> tables.calls().byId(id)).isPresent();
    }

    private boolean isRecording(String id) {
        return store.read(tables -> tables.recordings().byId(id)).isPresent();
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (ServiceException away) {
            LOG.debug("housekeeping waits for the store: {}", away.getMessage());
        } catch (RuntimeException broken) {
            LOG.error("housekeeping is held up, and goes on", broken);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            boolean unused = thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
