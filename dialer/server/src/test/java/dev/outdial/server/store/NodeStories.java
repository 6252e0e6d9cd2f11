package dev.outdial.server.store;

import static dev.outdial.server.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several processes on one database: each has its own connections. */
abstract class NodeStories extends StoreStories {
    private static final Duration LEASE = Duration.ofSeconds(10);

    @SuppressWarnings("NullAway.Init")
    private Store other;

    NodeStories() {
        super(Databases.POSTGRESQL);
    }

    @BeforeAll
    void openAnother() {
        other = Store.open(settings);
    }

    @AfterAll
    @SuppressWarnings("NullAway")
    void closeTheOther() {
        if (other != null) {
            other.close();
        }
    }

    @Test
    void eachCallIsClaimedByOne() throws Exception {
        List<String> kept = queued("claims", 100);
        List<NodeLease> nodes =
                List.of(NodeLease.enter(store, LEASE, () -> {}), NodeLease.enter(other, LEASE, () -> {}));
        List<List<String>> claimed = atOnce(6, i -> {
            Store mine = i % 2 == 0 ? store : other;
            List<String> ids = new ArrayList<>();
            for (int round = 0; round < 40; round++) {
                ids.addAll(claim(mine, nodes.get(i % 2), 5));
            }
            return ids;
        });
        assertThat(claimed.stream().flatMap(List::stream).filter(kept::contains))
                .containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void whoIsSilentForALeaseIsTakenForDeadAndItsCallsGoOnWithoutIt() {
        var clock = new AtomicLong(System.nanoTime());
        var lost = new AtomicInteger();
        NodeLease silent = NodeLease.enter(store, LEASE, lost::incrementAndGet);
        NodeLease.Held before = silent.held();
        NodeLease watcher = NodeLease.enter(other, LEASE, clock::get, () -> {});
        List<String> two = queued("silent", 2);
        assertThat(claim(store, silent, 1000)).containsAll(two);
        var ledger = new StoreLedger(store, silent, () -> LedgerRules.STANDARD);
        Attempt begun = new Attempt(two.getFirst(), 1, "t", "+493012345678", Samples.id());
        assertThat(ledger.admit(begun, NOW)).isInstanceOf(Permit.class);

        watcher.buryDead();
        assertThat(looking(watcher, clock, LEASE.minusNanos(1))).doesNotContain(before.node());
        watcher.renew();
        silent.renew();
        assertThat(looking(watcher, clock, Duration.ofNanos(2)))
                .as("it has said that it lives")
                .doesNotContain(before.node());
        clock.addAndGet(LEASE.toNanos() + 1);
        assertThat(watcher.buryDead())
                .as("who could not look does not know whether others were silent")
                .doesNotContain(before.node());
        assertThat(looking(watcher, clock, LEASE.plusNanos(1))).contains(before.node());

        // What had begun is to be ended by whoever lives, and what had not is free.
        assertThat(several(other, tables -> tables.queue().begunBy(before.node(), 10)))
                .extracting(CallRecord::id, CallRecord::status)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(two.getFirst(), CallStatus.DIALING));
        assertThat(other.read(tables -> tables.attempts().find(begun.callId()))
                        .orElseThrow()
                        .outcome())
                .isEqualTo("unknown");
        assertThat(claim(other, watcher, 1000)).contains(two.getLast()).doesNotContain(two.getFirst());
        // Back from its sleep it dials neither.
        assertThat(ledger.admit(new Attempt(two.getLast(), 1, "t", "+493012345678", Samples.id()), NOW))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.rule()).isEqualTo("lease"));
        silent.renew();
        assertThat(lost).hasValue(1);
        assertThat(silent.held().fence()).isGreaterThan(before.fence());
        assertThat(ledger.admit(new Attempt(two.getLast(), 1, "t", "+493012345678", Samples.id()), NOW))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.rule()).isEqualTo("lease"));
        CallRecord over =
                other.read(tables -> tables.calls().byId(two.getFirst())).orElseThrow();
        other.durably(
                tables -> tables.calls().update(Samples.as(over, CallStatus.HANGUP, "unknown", Optional.of(NOW))));
        assertThat(watcher.buryDead()).doesNotContain(before.node());
    }

    /** As one that looks four times a lease. */
    private static List<String> looking(NodeLease watcher, AtomicLong clock, Duration time) {
        List<String> gone = List.of();
        for (int i = 0; i < 4; i++) {
            clock.addAndGet(time.toNanos() / 4 + (i == 0 ? time.toNanos() % 4 : 0));
            gone = watcher.buryDead();
        }
        return gone;
    }

    @Test
    void whoIsHeldUpInTheMidstOfATransactionLosesItAndHoldsUpNobody() throws Exception {
        var begun = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        CompletableFuture<Boolean> heldUp = store.durablyLater(tables -> {
            tables.pace().nextFree("held up", tables.pace().lockTrunk("held up") + 1);
            begun.countDown();
            awaitUninterruptibly(over);
            tables.pace().nextFree("held up", 2);
            return true;
        });
        begun.await();
        long startNanos = System.nanoTime();
        assertThat(other.<Long>durably(tables -> tables.pace().lockTrunk("held up")))
                .isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(5));
        over.countDown();
        assertThatThrownBy(heldUp::join).hasCauseInstanceOf(ServiceException.class);
        assertThat(store.<Long>durably(tables -> tables.pace().lockTrunk("held up")))
                .isZero();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void dialogsOfTheDeadAreTakenByOneAndWhoWasTakenForDeadKeepsItsOwn() {
        var clock = new AtomicLong(System.nanoTime());
        NodeLease dead = NodeLease.enter(store, LEASE, () -> {});
        NodeLease silent = NodeLease.enter(store, LEASE, () -> {});
        NodeLease watcher = NodeLease.enter(other, LEASE, clock::get, () -> {});
        for (NodeLease node : List.of(dead, silent)) {
            String callId = "left-" + node.held().node();
            new StoreJournal(store, node)
                    .append(callId, 1, new JournalEntry.DialogHeld(Samples.dialog(callId, 1)))
                    .toCompletableFuture()
                    .join();
        }
        List<String> left = Stream.of(dead, silent)
                .map(node -> "left-" + node.held().node())
                .toList();
        // Between two looks half a lease counts.
        for (int looks = 0; looks < 4; looks++) {
            var unused = watcher.buryDead();
            clock.addAndGet(LEASE.toNanos() / 2 + 1);
        }
        assertThat(watcher.takeDialogs(100)).as("who is gone may come back").isEmpty();
        silent.renew();
        assertThat(several(store, tables -> tables.dialogs().of(silent.held().node(), 9)))
                .extracting(DialogsTable.Row::callId)
                .containsExactly(left.getLast());

        clock.addAndGet(LEASE.toNanos() + 1);
        assertThat(watcher.takeDialogs(100))
                .extracting(DialogsTable.Row::callId)
                .contains(left.getFirst())
                .doesNotContain(left.getLast());
        assertThat(watcher.takeDialogs(100)).as("once").isEmpty();
    }

    @Test
    void whoLeavesFreesWhatItHasNotBegun() {
        NodeLease leaving = NodeLease.enter(store, LEASE, () -> {});
        List<String> one = queued("leaving", 1);
        assertThat(claim(store, leaving, 1000)).containsAll(one);
        leaving.close();
        assertThat(claim(other, NodeLease.enter(other, LEASE, () -> {}), 1000)).containsAll(one);
    }

    @Test
    void twoProcessesShareTheChannelsAndTheSlotsOfATrunk() throws Exception {
        LedgerRules rules = LedgerRules.STANDARD.paced("shared", new PaceLimits(1000, 7));
        List<StoreLedger> ledgers = List.of(
                new StoreLedger(store, NodeLease.enter(store, LEASE, () -> {}), () -> rules),
                new StoreLedger(other, NodeLease.enter(other, LEASE, () -> {}), () -> rules));
        List<Admission> first = atOnce(40, i -> ask(ledgers.get(i % 2), i, 0));
        assertThat(first)
                .filteredOn(Permit.class::isInstance)
                .as("one slot at one time")
                .hasSize(1);
        List<Admission> then = atOnce(40, i -> ask(ledgers.get(i % 2), i, 10 + i * 10));
        assertThat(then)
                .filteredOn(Permit.class::isInstance)
                .as("seven channels")
                .hasSizeLessThanOrEqualTo(6);
        assertThat(store.<Integer>read(tables -> tables.attempts().open("shared")))
                .isLessThanOrEqualTo(7);
    }

    @Test
    void aStoreWhoseConnectionsBreakIsWellAgainAtOnce() {
        Databases.execute(
                settings.url(),
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                        + " AND application_name LIKE 'outdial%'");
        assertThat(refusedOf(other)).isLessThan(100);
        assertThat(refusedOf(store)).isLessThan(100);
        assertThat(store.health()).isEqualTo(new Store.Health(true, ""));
    }

    private static int refusedOf(Store broken) {
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            try {
                broken.durably(tables -> tables.events().last());
            } catch (ServiceException away) {
                assertThat(away.kind()).isEqualTo(ServiceException.Kind.UNAVAILABLE);
                refused++;
            }
        }
        return refused;
    }

    private static Admission ask(StoreLedger ledger, int i, int millis) {
        return ledger.admit(
                new Attempt(Samples.id(), 1, "shared", "+49301234" + (1000 + i), Samples.id()), NOW.plusMillis(millis));
    }

    private List<String> queued(String account, int count) {
        List<String> ids = new ArrayList<>();
        store.durably(tables -> {
            ids.clear();
            for (int i = 0; i < count; i++) {
                CallRecord call = Samples.queued(account, "+493012345678");
                tables.calls().insert(call);
                ids.add(call.id());
            }
            return true;
        });
        return ids;
    }

    private static List<String> claim(Store mine, NodeLease node, int limit) {
        NodeLease.Held held = node.held();
        return mine
                .durably(tables -> tables.queue().claimDue(held.node(), held.fence(), NOW.plusSeconds(1), limit))
                .stream()
                .map(claim -> claim.call().id())
                .toList();
    }
}
