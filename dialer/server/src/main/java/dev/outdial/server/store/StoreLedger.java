package dev.outdial.server.store;

import dev.outdial.dialer.guard.Destination;
import dev.outdial.dialer.guard.DialGuard;
import dev.outdial.dialer.guard.Judgment;
import dev.outdial.dialer.guard.NumberLimit;
import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptJudge;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.pace.CallPacer;
import dev.outdial.dialer.pace.PaceLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A ledger that outlives the process and is shared by all processes on one store. In one transaction, under the locks of the call, the
 * trunk and the number, it lets the engine's own judge decide, remembers the attempt and moves the call from queued to dialing; the permit
 * is given when that is on the disk. A request whose id is a stored call's is dialled by the node that claimed it alone.
 *
 * <p><b>Threading:</b> any; blocks on the store.
 */
public final class StoreLedger implements AttemptLedger {
    private static final Duration VALIDITY = Duration.ofSeconds(30);
    private static final Duration UNTIL_RENEWED = Duration.ofSeconds(1);
    /** Before the answer: another way may be tried. */
    private static final Set<String> NOT_ANSWERED = Set.of("queued", "dialing", "ringing");
    /** When a call asks anew whose campaign has as many up as may be. */
    private static final Duration UNTIL_ONE_ENDS = Duration.ofMillis(200);
    /** When one does whose campaign does not run: it goes back to where it is held. */
    private static final Duration UNTIL_RESUMED = Duration.ofSeconds(5);
    /** The row that stands for all trunks together. */
    private static final String ALL = "";

    private static final String CAMPAIGN = "campaign";
    /** Numbers of a bench are counted apart. */
    private static final String BENCH = "bench ";

    private final Store store;
    private final NodeLease lease;
    private final Supplier<LedgerRules> rules;
    private final Set<Settled> late = ConcurrentHashMap.newKeySet();
    private volatile Judging judging;

    /** An end that the store does not know of yet. */
    private record Settled(String callId, String outcome, boolean heard, Instant at) {}

    private record Judging(LedgerRules rules, AttemptJudge judge) {}

    /**
     * A ledger of a node.
     *
     * @param rules asked for each attempt; may change, as trunks do
     */
    public StoreLedger(Store store, NodeLease lease, Supplier<LedgerRules> rules) {
        this.store = store;
        this.lease = lease;
        this.rules = rules;
        LedgerRules now = rules.get();
        this.judging = new Judging(now, new AttemptJudge(now));
    }

    private Judging judging() {
        LedgerRules now = rules.get();
        Judging known = judging;
        if (known.rules() != now) { // the same object: to compare what they say takes longer
            known = new Judging(now, new AttemptJudge(now));
            judging = known;
        }
        return known;
    }

    @Override
    public Admission admit(Attempt attempt, Instant now) {
        settle();
        Judging by = judging();
        NodeLease.Held held = lease.held();
        long nowNanos = System.nanoTime();
        long validUntilNanos =
                nowNanos + Math.min(VALIDITY.toNanos(), held.validUntilNanos() - nowNanos); // nanoTime may wrap
        if (validUntilNanos - nowNanos <= 0) {
            return new Admission.Later(now.plus(UNTIL_RENEWED), "lease");
        }
        Destination destination = by.judge().read(attempt);
        return store.durablyWhere(
                tables -> new Asked(tables, by, held, attempt, destination, now).admission(validUntilNanos),
                Permit.class::isInstance);
    }

    /** One attempt, asked for in one transaction. */
    private record Asked(
            Tables tables, Judging by, NodeLease.Held held, Attempt attempt, Destination destination, Instant now) {

        Admission admission(long validUntilNanos) {
            Optional<QueueTable.Standing> call = tables.queue().lock(attempt.requestId());
            Optional<Admission> objection = standing(call);
            if (objection.isPresent()) {
                return objection.get();
            }
            String campaignId = call.map(QueueTable.Standing::campaign).orElse("");
            Optional<CampaignsTable.Pace> campaign =
                    campaignId.isEmpty() ? Optional.empty() : tables.campaigns().lockPace(campaignId);
            Optional<Admission> tooEarly = campaign.flatMap(this::tooEarly);
            if (tooEarly.isPresent()) {
                return tooEarly.get();
            }
            PaceLimits inAll = by.rules().inAll();
            boolean isPacedInAll = !inAll.equals(PaceLimits.NONE);
            long nowNanos = nowNanos();
            CallPacer all = isPacedInAll ? pacer(ALL, inAll, nowNanos) : CallPacer.begin(inAll, nowNanos);
            CallPacer trunk = pacer(attempt.trunk(), by.rules().of(attempt.trunk()), nowNanos);
            String counted = (attempt.loopback() ? BENCH : "") + AttemptJudge.counted(attempt, destination);
            tables.pace().lockNumber(counted, now);
            String account = call.map(QueueTable.Standing::account).orElse("");
            boolean counts = attempt.number() == 1
                    || tables.attempts()
                            .find(attempt.requestId(), attempt.number() - 1)
                            .map(AttemptsTable.Row::heard)
                            .orElse(true);
            return guarded(counted, counts)
                    .or(() -> doNotCall(account))
                    .or(() -> counts ? tenant(call, account, counted) : Optional.empty())
                    .or(() -> AttemptJudge.pause(trunk, all, nowNanos, now))
                    .or(() -> dialling(call, account, counted, counts))
                    .orElseGet(() -> {
                        tables.pace()
                                .nextFree(attempt.trunk(), trunk.begun(nowNanos).nextFreeNanos());
                        if (isPacedInAll) {
                            tables.pace().nextFree(ALL, all.begun(nowNanos).nextFreeNanos());
                        }
                        campaign.filter(pace -> !pace.limits().equals(PaceLimits.NONE))
                                .ifPresent(pace -> tables.campaigns()
                                        .nextFree(
                                                campaignId,
                                                pace.pacer(nowNanos)
                                                        .begun(nowNanos)
                                                        .nextFreeNanos()));
                        return new Permit(attempt, validUntilNanos);
                    });
        }

        private long nowNanos() {
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        /** What the call's campaign says, which nobody pauses and of which nobody else dials before this transaction ends. */
        private Optional<Admission> tooEarly(CampaignsTable.Pace pace) {
            if (!pace.isRunning()) {
                return Optional.of(new Admission.Later(now.plus(UNTIL_RESUMED), CAMPAIGN));
            }
            OptionalLong waitNanos = pace.pacer(nowNanos()).waitNanos(nowNanos());
            Duration wait = waitNanos.isEmpty() ? UNTIL_ONE_ENDS : Duration.ofNanos(waitNanos.getAsLong());
            // Not the rule of a trunk's pace: who waits for its campaign holds up nobody else.
            return wait.isPositive() ? Optional.of(new Admission.Later(now.plus(wait), CAMPAIGN)) : Optional.empty();
        }

        /** What the call's own row says: whose it is, and where it stands. */
        private Optional<Admission> standing(Optional<QueueTable.Standing> call) {
            if (!tables.nodes().isAlive(held.node())) {
                return refused("lease", "this process was taken for dead: others dial its calls");
            }
            if (call.isEmpty()) {
                return Optional.empty();
            }
            if (!call.get().node().equals(held.node()) || call.get().fence() != held.fence()) {
                return refused("lease", "call " + attempt.requestId() + " is another process's");
            }
            return NOT_ANSWERED.contains(call.get().status())
                    ? Optional.empty()
                    : refused(
                            "over",
                            "call " + attempt.requestId() + " is " + call.get().status() + " already");
        }

        /** The row's slot; one that lies farther off than slots can comes of a clock that was put back. */
        private CallPacer pacer(String trunk, PaceLimits limits, long nowNanos) {
            long next = tables.pace().lockTrunk(trunk);
            long slotLater = CallPacer.begin(limits, nowNanos).begun(nowNanos).nextFreeNanos();
            int running = limits.atOnce() == Integer.MAX_VALUE
                    ? 0
                    : trunk.equals(ALL)
                            ? tables.attempts().open()
                            : tables.attempts().open(trunk);
            return new CallPacer(limits, next == 0 ? nowNanos : Math.min(next, slotLater), running);
        }

        private Optional<Admission> guarded(String counted, boolean counts) {
            Duration longest = by.judge().longestLimit(attempt);
            List<Instant> dialled = longest.isZero() || !counts
                    ? List.of()
                    : tables.attempts().calledSince(counted, now.minus(longest));
            var past = new AttemptJudge.Past(
                    tables.attempts().find(attempt.callId()).isPresent(),
                    tables.attempts()
                            .find(attempt.requestId(), attempt.number())
                            .isPresent(),
                    counts,
                    dialled);
            return by.judge().objection(attempt, destination, past, now);
        }

        private Optional<Admission> doNotCall(String account) {
            boolean isForbidden = destination
                    .e164()
                    .filter(number -> tables.doNotCall().forbids(account, number))
                    .isPresent();
            return isForbidden ? refused("do-not-call", "the number asked not to be called") : Optional.empty();
        }

        /** The limit that the call brought along, for its account's calls alone. */
        private Optional<Admission> tenant(Optional<QueueTable.Standing> call, String account, String counted) {
            Optional<NumberLimit> limit = call.flatMap(QueueTable.Standing::limit);
            if (limit.isEmpty()) {
                return Optional.empty();
            }
            List<Instant> dialled = tables.attempts()
                    .calledSince(account, counted, now.minus(limit.get().within()));
            return DialGuard.often(List.of(limit.get()), dialled, now) instanceof Judgment.Later later
                    ? Optional.of(new Admission.Later(later.when(), "account's limit"))
                    : Optional.empty();
        }

        /** Remembers the attempt and moves the call. */
        private Optional<Admission> dialling(
                Optional<QueueTable.Standing> call, String account, String counted, boolean counts) {
            if (!tables.attempts().insert(attempt, account, held.node(), counted, counts, now)) {
                return refused(
                        "once", "attempt " + attempt.number() + " of " + attempt.requestId() + " was made already");
            }
            call.ifPresent(standing -> tables.queue().dialing(attempt, standing.status(), now));
            return Optional.empty();
        }

        private static Optional<Admission> refused(String rule, String why) {
            return Optional.of(new Admission.Refused(rule, why));
        }
    }

    @Override
    public void invited(Permit permit) {
        Instant now = Instant.now();
        store.lightly(tables -> {
            tables.attempts().invited(permit.attempt().callId(), now);
            return true;
        });
    }

    @Override
    public void settled(Permit permit, CallOutcome outcome) {
        late.add(new Settled(
                permit.attempt().callId(),
                outcome.kind().word(),
                AttemptJudge.mayHaveBeenHeard(outcome),
                Instant.now()));
        settle();
    }

    /** Has the store learn of ends, those that it was away at among them: else their trunk's slots would be taken for ever. */
    private void settle() {
        List<Settled> all = List.copyOf(late);
        if (all.isEmpty()) return;
        store.lightly(tables -> {
            all.forEach(one -> tables.attempts().settled(one.callId(), one.outcome(), one.heard(), one.at()));
            return true;
        });
        late.removeAll(all);
    }
}
