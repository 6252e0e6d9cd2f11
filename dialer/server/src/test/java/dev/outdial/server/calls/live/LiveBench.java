package dev.outdial.server.calls.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.EventTypes;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.dial.QueueLedger;
import dev.outdial.server.store.NodeLease;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreJournal;
import dev.outdial.server.store.StoreLedger;
import dev.outdial.server.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A store in a folder, a dialer on loopback, and calls on both. */
final class LiveBench implements AutoCloseable {
    static final String ME = AccountRecord.FIRST;
    /** The calls of an account, the latest ten. */
    static final CallQuery ALL = new CallQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            10);

    private static final Duration LONGEST = Duration.ofSeconds(20);

    final Store store;
    final Dialer dialer;
    final NodeLease lease;
    final LiveCalls live;

    private LiveBench(Store store, Dialer dialer, NodeLease lease, LiveCalls live) {
        this.store = store;
        this.dialer = dialer;
        this.lease = lease;
        this.live = live;
    }

    static LiveBench on(Path folder, int trunkPort) {
        return on(folder, trunkPort, 0, settings -> settings);
    }

    static LiveBench on(Path folder, int trunkPort, int localPort, UnaryOperator<LiveSettings> wishes) {
        return on(folder, trunkPort, localPort, ledger -> ledger, wishes);
    }

    /** @param between stands between the dialer and the ledger */
    static LiveBench on(
            Path folder,
            int trunkPort,
            int localPort,
            UnaryOperator<AttemptLedger> between,
            UnaryOperator<LiveSettings> wishes) {
        Store store = Store.open(StoreSettings.inFolder(folder));
        NodeLease lease =
                NodeLease.enter(store, Duration.ofSeconds(10), () -> {}).keep();
        var ledger = new QueueLedger(between.apply(new StoreLedger(store, lease, () -> LedgerRules.STANDARD)));
        Dialer dialer = Dialer.start(DialerConfig.of(Trunk.of("carrier", "sip:outdial@127.0.0.1:" + trunkPort)
                        .withoutRegistration())
                .on("127.0.0.1", localPort)
                .withLedger(ledger)
                .withJournal(new StoreJournal(store, lease)));
        LiveSettings settings = LiveSettings.of(lease, ledger, () -> List.of("carrier"), folder);
        return new LiveBench(store, dialer, lease, LiveCalls.start(store, dialer, wishes.apply(settings)));
    }

    static NewCall to(String number, CallPlan plan) {
        return to(number, plan, Schedule.NOW);
    }

    static NewCall to(String number, CallPlan plan, Schedule schedule) {
        return new NewCall(
                "native",
                Optional.empty(),
                new Address(Address.Type.TEL, number, ""),
                Optional.empty(),
                plan,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                schedule,
                Optional.empty(),
                "tag",
                "",
                Map.of("name", "Ann"),
                Map.of(),
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }

    CallRecord create(NewCall call) {
        return live.calls().create(ME, List.of(call), Optional.empty()).calls().getFirst();
    }

    CallRecord get(String id) {
        return live.calls().get(ME, id);
    }

    CallRecord await(String id, CallStatus status) {
        return await(() -> get(id), call -> call.status() == status);
    }

    static <T> T await(Supplier<T> what, Predicate<T> wanted) {
        long until = System.nanoTime() + LONGEST.toNanos();
        T now = what.get();
        while (!wanted.test(now)) {
            assertThat(System.nanoTime() - until)
                    .as("waited too long, at last for %s", now)
                    .isNegative();
            LockSupport.parkNanos(5_000_000);
            now = what.get();
        }
        return now;
    }

    List<String> types(String id) {
        List<String> types = new ArrayList<>();
        for (CallEventRecord event : live.calls().events(ME, id)) {
            assertThat(event.seq()).isEqualTo(types.size() + 1L);
            assertThat(EventTypes.ALL).contains(event.type());
            types.add(event.type());
        }
        return types;
    }

    /** As {@link #leaveBehind}, with calls that go on: what nobody keeps up ends at {@code dialer.close()} at the latest. */
    void leaveCallsBehind() {
        live.close();
        store.close();
        // Its thread ends, and the store, which is closed, is told nothing.
        assertThatThrownBy(lease::close).hasMessageContaining("closed");
    }

    /** As a process that is killed: nothing is told of what goes on. */
    void leaveBehind() {
        leaveCallsBehind();
        dialer.close();
    }

    @Override
    public void close() {
        live.stopDialling();
        dialer.close();
        live.close();
        lease.close();
        store.close();
    }
}
