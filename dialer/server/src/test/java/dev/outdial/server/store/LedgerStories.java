package dev.outdial.server.store;

import static dev.outdial.server.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.digits.DigitSource;
import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.guard.NumberLimit;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.journal.StoredDialog;
import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may be dialled, and when: exactly, however many ask at once. */
abstract class LedgerStories extends StoreStories {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final AtomicInteger NUMBERS = new AtomicInteger(1_000_000);

    @SuppressWarnings("NullAway.Init")
    private NodeLease lease;

    LedgerStories(Databases database) {
        super(database);
    }

    @BeforeEach
    void enter() {
        lease = NodeLease.enter(store, LEASE, () -> {});
    }

    @Test
    void fortyAtOnceToOneNumberAreAsManyAsItsLimit() throws Exception {
        StoreLedger ledger =
                ledger(rules().guardedBy(GuardPolicy.STANDARD.limitedTo(new NumberLimit(3, Duration.ofDays(7)))));
        String number = number();
        List<Admission> said = atOnce(40, i -> ledger.admit(attempt("over-" + i % 5, number), NOW));

        assertThat(said).filteredOn(Permit.class::isInstance).hasSize(3);
        assertThat(said)
                .filteredOn(Admission.Later.class::isInstance)
                .hasSize(37)
                .containsOnly(new Admission.Later(NOW.plus(Duration.ofDays(7)), "per-number limit"));
        assertThat(ledger.admit(
                        attempt("x", number), NOW.plus(Duration.ofDays(7)).plusMillis(1)))
                .as("a week later")
                .isInstanceOf(Permit.class);
    }

    @Test
    void fortyAtOnceOverOneTrunkAreAsManyAsItHasChannels() throws Exception {
        StoreLedger ledger = ledger(rules().paced("narrow", new PaceLimits(Double.POSITIVE_INFINITY, 5)));
        List<Admission> said = atOnce(40, i -> ledger.admit(attempt("narrow", number()), NOW));

        List<Permit> permits = permits(said);
        assertThat(permits).hasSize(5);
        assertThat(said).filteredOn(Admission.Later.class::isInstance).hasSize(35);
        ledger.settled(permits.getFirst(), Outcomes.busy());
        assertThat(ledger.admit(attempt("narrow", number()), NOW)).isInstanceOf(Permit.class);
        assertThat(ledger.admit(attempt("narrow", number()), NOW))
                .isInstanceOfSatisfying(
                        Admission.Later.class, later -> assertThat(later.rule()).isEqualTo(Admission.Later.PACE));
    }

    @Test
    void slotsOfATrunkAreGivenOnceEach() throws Exception {
        StoreLedger ledger = ledger(rules().paced("slow", new PaceLimits(2, 100)));
        int given = 0;
        // Ten seconds, in tenths: four ask at each.
        for (int tenth = 0; tenth < 100; tenth += 5) {
            Instant now = NOW.plusMillis(tenth * 100L);
            given += permits(atOnce(4, i -> ledger.admit(attempt("slow", number()), now)))
                    .size();
        }
        assertThat(given).isEqualTo(20);
        // The clock is put back by an hour: the trunk waits for no more than a slot.
        Instant back = NOW.minus(Duration.ofHours(1));
        assertThat(ledger.admit(attempt("slow", number()), back))
                .isEqualTo(new Admission.Later(back.plusMillis(500), Admission.Later.PACE));
    }

    @Test
    void aClaimedCallIsDialledOnceByWhoClaimedIt() {
        StoreLedger ledger = ledger(rules());
        CallRecord call = queued("claimed", number(), Optional.empty());
        assertThat(ledger.admit(attempt(call, 1), NOW)).as("not claimed yet").isEqualTo(lost(call));
        QueueTable.Claim claim = claim(call);
        assertThat(claim.fence()).isEqualTo(lease.held().fence());

        Attempt attempt = attempt(call, 1);
        assertThat(ledger.admit(attempt, NOW)).isInstanceOf(Permit.class);
        CallRecord dialing =
                store.read(tables -> tables.calls().byId(call.id())).orElseThrow();
        assertThat(dialing.status()).isEqualTo(CallStatus.DIALING);
        assertThat(dialing.sipCallId()).isEqualTo(attempt.callId());
        assertThat(ledger.admit(attempt, NOW)).isInstanceOf(Admission.Refused.class);
        assertThat(ledger.admit(attempt(call, 1), NOW)).isInstanceOf(Admission.Refused.class);
        assertThat(ledger.admit(attempt(call, 2), NOW)).isInstanceOf(Permit.class);
        assertThat(done(store, tables -> tables.queue().free(claim, NOW))).isFalse();
        store.durably(
                tables -> tables.calls().update(Samples.as(dialing, CallStatus.HANGUP, "busy", Optional.of(NOW))));
        assertThat(ledger.admit(attempt(call, 3), NOW))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.rule()).isEqualTo("over"));
    }

    @Test
    void anAccountsLimitHoldsUpNobodyElse() throws Exception {
        StoreLedger ledger = ledger(rules());
        String number = number();
        var limit = Optional.of(new NumberLimit(2, Duration.ofDays(1)));
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(queued("tenant", number, limit));
        }
        calls.forEach(this::claim);
        List<Admission> said = atOnce(10, i -> ledger.admit(attempt(calls.get(i), 1), NOW));

        assertThat(permits(said)).hasSize(2);
        assertThat(said)
                .filteredOn(Admission.Later.class::isInstance)
                .hasSize(8)
                .containsOnly(new Admission.Later(NOW.plus(Duration.ofDays(1)), "account's limit"));
        CallRecord others = queued("other tenant", number, limit);
        claim(others);
        assertThat(ledger.admit(attempt(others, 1), NOW)).isInstanceOf(Permit.class);
    }

    @Test
    void anotherWayForACallThatNobodyHeardIsNoOtherCall() {
        StoreLedger ledger =
                ledger(rules().guardedBy(GuardPolicy.STANDARD.limitedTo(new NumberLimit(1, Duration.ofDays(1)))));
        String number = number();
        String request = Samples.id();
        Permit first = permit(ledger, new Attempt(request, 1, "t", number, Samples.id()));
        ledger.settled(first, Outcomes.failedBeforeRinging());
        Permit second = permit(ledger, new Attempt(request, 2, "t", number, Samples.id()));
        ledger.settled(second, Outcomes.canceledBeforeItLeft());
        Permit third = permit(ledger, new Attempt(request, 3, "t", number, Samples.id()));
        ledger.settled(third, Outcomes.busy());
        assertThat(ledger.admit(new Attempt(request, 4, "t", number, Samples.id()), NOW))
                .isInstanceOf(Admission.Later.class);
    }

    @Test
    void whoAskedNotToBeCalledIsNot() {
        StoreLedger ledger = ledger(rules());
        String forAll = number();
        String forOne = number();
        store.durably(tables -> {
            tables.doNotCall().add(new DoNotCallTable.Entry(DoNotCallTable.EVERYBODY, forAll, "asked", NOW));
            return tables.doNotCall().add(new DoNotCallTable.Entry("spared", forOne, "asked", NOW));
        });
        CallRecord theirs = queued("spared", forOne, Optional.empty());
        CallRecord others = queued("not spared", forOne, Optional.empty());
        claim(theirs);
        claim(others);

        var refused = new Admission.Refused("do-not-call", "the number asked not to be called");
        assertThat(ledger.admit(attempt("t", forAll), NOW)).isEqualTo(refused);
        assertThat(ledger.admit(attempt(theirs, 1), NOW)).isEqualTo(refused);
        assertThat(ledger.admit(attempt(others, 1), NOW)).isInstanceOf(Permit.class);
        assertThat(ledger.admit(attempt("t", "112"), NOW))
                .isInstanceOfSatisfying(
                        Admission.Refused.class, said -> assertThat(said.rule()).isEqualTo("emergency"));
    }

    @Test
    void aPermitEndsBeforeTheLease() {
        NodeLease brief = NodeLease.enter(store, Duration.ofSeconds(5), () -> {});
        long before = System.nanoTime();
        Permit permit = permit(new StoreLedger(store, brief, this::rules), attempt("t", number()));
        assertThat(permit.validUntilNanos() - before)
                .isBetween(1L, Duration.ofMillis(4_100).toNanos());

        // Another clock, on which the lease has long been over.
        NodeLease lapsed = NodeLease.enter(store, LEASE, () -> System.nanoTime() - LEASE.toNanos(), () -> {});
        assertThat(new StoreLedger(store, lapsed, this::rules).admit(attempt("t", number()), NOW))
                .isEqualTo(new Admission.Later(NOW.plusSeconds(1), "lease"));
    }

    @Test
    void callsAreClaimedByPriorityThenByTime() {
        Instant early = Instant.EPOCH;
        claimAll();
        CallRecord late = queued("queue", number(), 0, early.plusSeconds(2));
        CallRecord soon = queued("queue", number(), 0, early.plusSeconds(1));
        CallRecord urgent = queued("queue", number(), 9, early.plusSeconds(3));
        CallRecord future = queued("queue", number(), 99, early.plusSeconds(60));

        assertThat(claimed(early.plusSeconds(5), 2)).containsExactly(urgent.id(), soon.id());
        assertThat(claimed(early.plusSeconds(5), 9)).containsExactly(late.id());
        assertThat(maybe(store, tables -> tables.queue().nextDue())).contains(early.plusSeconds(60));
        assertThat(claimed(early.plusSeconds(60), 9)).containsExactly(future.id());
    }

    @Test
    void digitsStandInTheJournalAndInTheCall() throws Exception {
        CallRecord call = Samples.full("digits");
        store.durably(tables -> {
            tables.calls().insert(call);
            return true;
        });
        var journal = new StoreJournal(store, lease);
        List<JournalEntry> entries = new ArrayList<>();
        for (char digit : "0123456789".toCharArray()) {
            entries.add(new JournalEntry.DigitAcknowledged(digit, 120, DigitSource.values()[0]));
        }
        entries.add(new JournalEntry.PromptFinished(1500, false));
        List<CompletableFuture<Void>> kept = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            kept.add(journal.append(call.sipCallId(), i + 1, entries.get(i)).toCompletableFuture());
        }
        for (CompletableFuture<Void> one : kept) {
            one.get();
        }
        assertThat(several(store, tables -> tables.journal().ofCall(call.sipCallId())))
                .extracting(JournalTable.Line::entry)
                .containsExactlyElementsOf(entries);
        assertThat(store.read(tables -> tables.calls().byId(call.id()))
                        .orElseThrow()
                        .digitsAll())
                .isEqualTo(call.digitsAll() + "0123456789");
    }

    @Test
    void whatADialogNeedsForItsEndIsKept() {
        String mine = lease.held().node();
        var journal = new StoreJournal(store, lease);
        StoredDialog first = Samples.dialog("held-1", 1);
        StoredDialog again = Samples.dialog("held-1", 7);
        journal.append("held-1", 1, new JournalEntry.DialogHeld(first))
                .toCompletableFuture()
                .join();
        journal.append("held-1", 2, new JournalEntry.DialogHeld(again))
                .toCompletableFuture()
                .join();
        assertThat(several(store, tables -> tables.dialogs().of(mine, 9)))
                .singleElement()
                .satisfies(row -> assertThat(StoredDialog.parse(row.text())).isEqualTo(again));
        assertThat(several(store, tables -> tables.journal().ofCall("held-1"))).isEmpty();
        assertThat(lease.takeDialogs(9)).as("its own").isEmpty();

        journal.append("held-1", 3, new JournalEntry.DialogOver())
                .toCompletableFuture()
                .join();
        assertThat(several(store, tables -> tables.dialogs().of(mine, 9))).isEmpty();
    }

    private LedgerRules rules() {
        return LedgerRules.STANDARD;
    }

    private StoreLedger ledger(LedgerRules rules) {
        return new StoreLedger(store, lease, () -> rules);
    }

    private static String number() {
        return "+4930" + NUMBERS.incrementAndGet();
    }

    private static Attempt attempt(String trunk, String number) {
        return new Attempt(Samples.id(), 1, trunk, number, Samples.id());
    }

    private static Attempt attempt(CallRecord call, int number) {
        return new Attempt(call.id(), number, "t", call.to().target(), Samples.id());
    }

    private static Permit permit(StoreLedger ledger, Attempt attempt) {
        Admission said = ledger.admit(attempt, NOW);
        assertThat(said).isInstanceOf(Permit.class);
        return (Permit) said;
    }

    private static List<Permit> permits(List<Admission> said) {
        return said.stream()
                .filter(Permit.class::isInstance)
                .map(Permit.class::cast)
                .toList();
    }

    private static Admission lost(CallRecord call) {
        return new Admission.Refused("lease", "call " + call.id() + " is another process's");
    }

    private CallRecord queued(String account, String number, Optional<NumberLimit> limit) {
        CallRecord call = Samples.queued(account, number);
        store.lightly(tables -> {
            tables.calls().insert(call);
            limit.ifPresent(one -> tables.calls().limit(call.id(), one));
            return true;
        });
        return call;
    }

    private CallRecord queued(String account, String number, int priority, Instant due) {
        var schedule = new Schedule(Optional.of(due), Optional.empty(), priority, 0, Optional.empty());
        CallRecord call = Samples.queued(account, number, schedule, NOW);
        store.lightly(tables -> {
            tables.calls().insert(call);
            return true;
        });
        return call;
    }

    private QueueTable.Claim claim(CallRecord call) {
        NodeLease.Held held = lease.held();
        return store.durably(tables -> {
            tables.queue().own(call.id(), held.node(), held.fence());
            return new QueueTable.Claim(call, held.node(), held.fence());
        });
    }

    private void claimAll() {
        assertThat(claimed(NOW, 1000)).isNotNull();
    }

    private List<String> claimed(Instant now, int limit) {
        NodeLease.Held held = lease.held();
        return store.durably(tables -> tables.queue().claimDue(held.node(), held.fence(), now, limit)).stream()
                .map(claim -> claim.call().id())
                .toList();
    }
}
