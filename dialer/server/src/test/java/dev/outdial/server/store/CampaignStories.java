package dev.outdial.server.store;

import static dev.outdial.server.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of campaigns wait apart, and how fast they are permitted is exact, whichever of two processes asks. */
abstract class CampaignStories extends StoreStories {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final AtomicInteger NUMBERS = new AtomicInteger(5_000_000);

    @SuppressWarnings("NullAway.Init")
    private NodeLease one;

    @SuppressWarnings("NullAway.Init")
    private NodeLease two;

    CampaignStories(Databases database) {
        super(database);
    }

    @BeforeEach
    void enter() {
        one = NodeLease.enter(store, LEASE, () -> {});
        two = NodeLease.enter(store, LEASE, () -> {});
    }

    private record Made(String id, List<CallRecord> calls) {}

    private Made campaign(int rows, OptionalInt atOnce, OptionalDouble perSecond) {
        String id = Samples.id();
        List<CallRecord> calls = new ArrayList<>();
        store.durably(tables -> {
            tables.campaigns()
                    .insert(new StoredCampaign(
                            id, "mine", "c", "running", "{}", rows, atOnce, perSecond, NOW, NOW, Optional.empty()));
            List<CampaignsTable.Member> members = new ArrayList<>();
            for (int i = 1; i <= rows; i++) {
                CallRecord call = Samples.queued("mine", "+4930" + NUMBERS.incrementAndGet());
                tables.calls().insert(call);
                calls.add(call);
                members.add(new CampaignsTable.Member(call.id(), i));
            }
            tables.campaigns().take(id, members);
            return true;
        });
        return new Made(id, calls);
    }

    private void state(String id, String state) {
        store.durably(tables -> {
            String unused = tables.campaigns().lock(id).orElseThrow().state();
            tables.campaigns().state(id, state, Optional.empty(), NOW);
            return true;
        });
    }

    private List<String> held(String id, int limit) {
        return several(store, tables -> tables.campaigns().held(id, NOW.plusSeconds(1), limit));
    }

    private List<String> claimed(NodeLease node, Instant now) {
        NodeLease.Held held = node.held();
        return store.durably(tables -> tables.queue().claimDue(held.node(), held.fence(), now, 1000)).stream()
                .map(claim -> claim.call().id())
                .toList();
    }

    private Attempt claimedAttempt(NodeLease node, CallRecord call) {
        return store.durably(tables -> {
            tables.queue().own(call.id(), node.held().node(), node.held().fence());
            return new Attempt(call.id(), 1, "t", call.to().target(), Samples.id());
        });
    }

    private Admission asked(NodeLease node, Attempt attempt, Instant now) {
        return new StoreLedger(store, node, () -> LedgerRules.STANDARD).admit(attempt, now);
    }

    private NodeLease node(int i) {
        return i % 2 == 0 ? one : two;
    }

    @Test
    void aHeldCallIsClaimedOnceItIsLetInAndGoesBackToWhereItWasHeld() {
        Made made = campaign(3, OptionalInt.empty(), OptionalDouble.empty());
        String first = made.calls().getFirst().id();
        assertThat(held(made.id(), 2))
                .containsExactly(first, made.calls().get(1).id());
        assertThat(claimed(one, NOW.plusSeconds(9))).doesNotContainAnyElementsOf(ids(made));
        assertThat(several(store, tables -> tables.campaigns().withWork(NOW, Long.MAX_VALUE)))
                .contains(made.id());

        store.durably(tables -> {
            tables.queue().letIn(first, NOW.plusSeconds(2));
            return true;
        });
        assertThat(claimed(one, NOW.plusSeconds(1))).doesNotContain(first);
        assertThat(claimed(one, NOW.plusSeconds(2))).contains(first);
        assertThat((int) store.read(tables -> tables.campaigns().letIn(made.id())))
                .isEqualTo(1);
        assertThat(held(made.id(), 9)).hasSize(2).doesNotContain(first);

        NodeLease.Held held = one.held();
        var claim = new QueueTable.Claim(made.calls().getFirst(), held.node(), held.fence());
        assertThat(done(store, tables -> tables.queue().free(claim, NOW))).isTrue();
        assertThat(held(made.id(), 9)).contains(first);
        assertThat(claimed(two, NOW.plusSeconds(9))).doesNotContain(first);
        store.durably(tables -> {
            tables.queue().own(first, held.node(), held.fence());
            tables.queue().freeAllOf(held.node());
            return true;
        });
        assertThat(held(made.id(), 9)).contains(first);
        store.durably(tables -> {
            tables.calls().requeue(first, NOW.minusSeconds(9));
            return true;
        });
        assertThat(held(made.id(), 1)).containsExactly(first);
    }

    private static List<String> ids(Made made) {
        return made.calls().stream().map(CallRecord::id).toList();
    }

    @Test
    void ofAllThatAskInTwoProcessesAsManyArePermittedAsMayBeUp() throws Exception {
        Made made = campaign(40, OptionalInt.of(5), OptionalDouble.empty());
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < 40; i++)
            attempts.add(claimedAttempt(node(i), made.calls().get(i)));

        List<Admission> said = atOnce(40, i -> asked(node(i), attempts.get(i), NOW));

        assertThat(said).filteredOn(Permit.class::isInstance).hasSize(5);
        assertThat(said)
                .filteredOn(Admission.Later.class::isInstance)
                .hasSize(35)
                .containsOnly(new Admission.Later(NOW.plusMillis(200), "campaign"));
        Permit permit = (Permit)
                said.stream().filter(Permit.class::isInstance).findFirst().orElseThrow();
        CallRecord up = store.read(
                        tables -> tables.calls().byId(permit.attempt().requestId()))
                .orElseThrow();
        store.durably(tables -> tables.calls().update(Samples.as(up, CallStatus.HANGUP, "busy", Optional.of(NOW))));
        int next = said.indexOf(said.stream()
                .filter(Admission.Later.class::isInstance)
                .findFirst()
                .orElseThrow());
        assertThat(asked(node(next), attempts.get(next), NOW)).isInstanceOf(Permit.class);
    }

    @Test
    void itsSlotsAreGivenOnceEachOverBothProcesses() throws Exception {
        Made made = campaign(80, OptionalInt.empty(), OptionalDouble.of(2));
        List<Attempt> left = new ArrayList<>();
        List<NodeLease> nodes = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            left.add(claimedAttempt(node(i), made.calls().get(i)));
            nodes.add(node(i));
        }
        int given = 0;
        // Ten seconds, in halves: four ask at each.
        for (int half = 0; half < 20; half++) {
            Instant now = NOW.plusMillis(half * 500L);
            int from = half * 4;
            List<Admission> said = atOnce(4, i -> asked(nodes.get(from + i), left.get(from + i), now));
            given += (int) said.stream().filter(Permit.class::isInstance).count();
        }
        assertThat(given).isEqualTo(20);
        Made other = campaign(1, OptionalInt.empty(), OptionalDouble.of(2));
        assertThat(asked(one, claimedAttempt(one, other.calls().getFirst()), NOW))
                .as("another campaign's")
                .isInstanceOf(Permit.class);
    }

    @Test
    void noneIsPermittedAfterItWasPausedHoweverManyAskMeanwhile() throws Exception {
        Made made = campaign(40, OptionalInt.empty(), OptionalDouble.empty());
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < 40; i++)
            attempts.add(claimedAttempt(node(i), made.calls().get(i)));
        var permits = new AtomicInteger();
        var atPause = new AtomicReference<Long>();

        List<Admission> said = atOnce(41, i -> {
            if (i < 40) return asked(node(i), attempts.get(i), NOW);
            state(made.id(), "paused");
            atPause.set(dialled(made));
            return new Admission.Refused("none", "it was paused");
        });
        said.stream().filter(Permit.class::isInstance).forEach(permit -> permits.incrementAndGet());

        assertThat(permits.get()).isEqualTo(atPause.get().intValue());
        assertThat(dialled(made)).isEqualTo(atPause.get());
        int waits = said.indexOf(new Admission.Later(NOW.plusSeconds(5), "campaign"));
        state(made.id(), "running");
        if (waits >= 0) assertThat(asked(node(waits), attempts.get(waits), NOW)).isInstanceOf(Permit.class);
        state(made.id(), "canceling");
        Made ended = campaign(1, OptionalInt.empty(), OptionalDouble.empty());
        state(ended.id(), "canceling");
        assertThat(asked(one, claimedAttempt(one, ended.calls().getFirst()), NOW))
                .isInstanceOf(Admission.Later.class);
    }

    private long dialled(Made made) {
        return several(store, tables -> tables.campaigns().counts(made.id())).stream()
                .filter(count -> count.status().equals("dialing"))
                .mapToLong(CampaignsTable.Count::count)
                .sum();
    }

    @Test
    void itIsOverWhenAllOfItsCallsAre() {
        Made made = campaign(1, OptionalInt.of(1), OptionalDouble.of(1.5));
        StoredCampaign stored =
                store.read(tables -> tables.campaigns().find("mine", made.id())).orElseThrow();
        assertThat(stored.atOnce()).hasValue(1);
        assertThat(stored.perSecond()).hasValue(1.5);
        assertThat(several(store, tables -> tables.campaigns().allOver())).doesNotContain(made.id());
        assertThat(several(store, tables -> tables.campaigns().waiting(made.id(), 9)))
                .containsExactlyElementsOf(ids(made));

        store.durably(tables -> tables.calls()
                .update(Samples.as(made.calls().getFirst(), CallStatus.HANGUP, "busy", Optional.of(NOW))));
        assertThat(several(store, tables -> tables.campaigns().allOver())).contains(made.id());
        assertThat(several(store, tables -> tables.campaigns().counts(made.id())))
                .containsExactly(new CampaignsTable.Count("hangup", "busy", 1));
        store.durably(tables -> {
            tables.campaigns().state(made.id(), "ended", Optional.of(NOW), NOW);
            tables.campaigns().softDelete(made.id(), NOW);
            return true;
        });
        assertThat(several(store, tables -> tables.campaigns().allOver())).doesNotContain(made.id());
        assertThat(maybe(store, tables -> tables.campaigns().find("mine", made.id())))
                .isEmpty();
    }

    @Test
    void itStaysUntilItsCallsAreTooOld() {
        Made made = campaign(1, OptionalInt.empty(), OptionalDouble.empty());
        store.durably(tables -> tables.calls()
                .update(Samples.as(
                        made.calls().getFirst(), CallStatus.HANGUP, "busy", Optional.of(NOW.plusSeconds(9)))));
        store.durably(tables -> {
            tables.campaigns().state(made.id(), "ended", Optional.of(NOW), NOW);
            return true;
        });
        forgotten(NOW.plusSeconds(5));
        assertThat(maybe(store, tables -> tables.campaigns().find("mine", made.id())))
                .isPresent();
        forgotten(NOW.plusSeconds(10));
        assertThat(maybe(store, tables -> tables.campaigns().find("mine", made.id())))
                .isEmpty();
    }

    private void forgotten(Instant before) {
        int rows = 1;
        while (rows > 0) {
            rows = store.<Integer>durably(tables -> tables.retention().deleteOlderThan(before, 100));
        }
    }
}
