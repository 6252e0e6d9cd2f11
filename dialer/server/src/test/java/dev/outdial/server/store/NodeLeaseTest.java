package dev.outdial.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a process leaves the others. */
class NodeLeaseTest {
    @Test
    void whoIsClosedHasLeftAndStaysAway() {
        try (Store store = Store.open(StoreSettings.inMemory("lease"))) {
            var lost = new AtomicInteger();
            NodeLease lease = NodeLease.enter(store, Duration.ofSeconds(1), lost::incrementAndGet)
                    .keep();
            String thread = "outdial-lease-" + lease.held().node();
            assertThat(threads()).contains(thread);

            lease.close();

            assertThat(threads()).doesNotContain(thread);
            // A beat that comes too late is no reason to enter anew.
            lease.renew();
            assertThat(lost).hasValue(0);
            List<NodesTable.Node> alive = store.read(tables -> tables.nodes().alive());
            assertThat(alive).isEmpty();
            lease.close();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
