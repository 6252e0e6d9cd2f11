package dev.outdial.dialer.ledger;

import dev.outdial.dialer.guard.Destination;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.pace.CallPacer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A ledger that lives as long as the process: one permit for each attempt of a request, never two for one Call-ID, and none against
 * its {@link LedgerRules}. It is not for dialling that must survive a crash. Thread-safe; never blocks for long.
 */
public final class InMemoryLedger implements AttemptLedger {
    private static final Duration VALIDITY = Duration.ofSeconds(30);

    private static final int REMEMBERED = 100_000;

    private final LongSupplier nanoClock;
    private final LedgerRules rules;
    private final AttemptJudge judge;
    private final DialledNumbers numbers;
    private final DialledNumbers benchNumbers;
    private final Map<String, Boolean> callIds = remembering();
    /** By attempt, whether another one for the same request is another call to the number. */
    private final Map<Key, Boolean> attempts = remembering();

    private final Map<String, CallPacer> trunks = new HashMap<>();
    private CallPacer all;
    private int open;

    private record Key(String requestId, int number) {}

    /** By {@link LedgerRules#STANDARD}. */
    public InMemoryLedger() {
        this(LedgerRules.STANDARD);
    }

    /** By rules of one's own. */
    public InMemoryLedger(LedgerRules rules) {
        this(rules, System::nanoTime);
    }

    /**
     * A ledger on another clock.
     *
     * @param nanoClock monotonic nanoseconds, in place of {@link System#nanoTime()}
     */
    public InMemoryLedger(LedgerRules rules, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.rules = rules;
        this.judge = new AttemptJudge(rules);
        this.numbers = new DialledNumbers(rules.guard().limits());
        this.benchNumbers = new DialledNumbers(rules.bench().limits());
        this.all = CallPacer.begin(rules.inAll(), nanoClock.getAsLong());
    }

    @Override
    public Admission admit(Attempt attempt, Instant now) {
        // Before the lock: reading a number for the first time takes a while.
        return admit(attempt, judge.read(attempt), now);
    }

    private synchronized Admission admit(Attempt attempt, Destination destination, Instant now) {
        DialledNumbers dialled = attempt.loopback() ? benchNumbers : numbers;
        String number = AttemptJudge.counted(attempt, destination);
        var key = new Key(attempt.requestId(), attempt.number());
        boolean counts = attempts.getOrDefault(new Key(attempt.requestId(), attempt.number() - 1), true);
        var past = new AttemptJudge.Past(
                callIds.containsKey(attempt.callId()), attempts.containsKey(key), counts, dialled.of(number));
        long nowNanos = nanoClock.getAsLong();
        return judge.objection(attempt, destination, past, now)
                .or(() -> AttemptJudge.pause(pacer(attempt.trunk(), nowNanos), all, nowNanos, now))
                .orElseGet(() -> {
                    callIds.put(attempt.callId(), true);
                    attempts.put(key, true);
                    if (counts) {
                        dialled.dialled(number, now);
                    }
                    begin(attempt.trunk(), nowNanos);
                    return new Permit(attempt, nowNanos + VALIDITY.toNanos());
                });
    }

    private CallPacer pacer(String trunk, long nowNanos) {
        return trunks.computeIfAbsent(trunk, name -> CallPacer.begin(rules.of(name), nowNanos));
    }

    private void begin(String trunk, long nowNanos) {
        trunks.put(trunk, pacer(trunk, nowNanos).begun(nowNanos));
        all = all.begun(nowNanos);
        open++;
    }

    @Override
    public void invited(Permit permit) {
        // Nothing to remember: the permit itself counts as dialled.
    }

    @Override
    public synchronized void settled(Permit permit, CallOutcome outcome) {
        open--;
        var key = new Key(permit.attempt().requestId(), permit.attempt().number());
        // Another way for a request that nobody heard ring yet is no other call; once somebody may have, it is.
        attempts.computeIfPresent(key, (same, counts) -> AttemptJudge.mayHaveBeenHeard(outcome));
        all = all.ended();
        trunks.computeIfPresent(permit.attempt().trunk(), (name, pacer) -> pacer.ended());
    }

    /** How many permits are out and not settled yet. */
    public synchronized int open() {
        return open;
    }

    private static <K> Map<K, Boolean> remembering() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Boolean> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
