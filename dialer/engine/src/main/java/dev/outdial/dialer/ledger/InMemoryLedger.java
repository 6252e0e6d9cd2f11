package dev.outdial.dialer.ledger;

import dev.outdial.dialer.outcome.CallOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A ledger that lives as long as the process: one permit for each attempt of a request, and never two for one Call-ID.
 * It is not for dialling that must survive a crash. Thread-safe; never blocks for long.
 */
public final class InMemoryLedger implements AttemptLedger {
    private static final Duration VALIDITY = Duration.ofSeconds(30);
    private static final int REMEMBERED = 100_000;

    private final LongSupplier nanoClock;
    private final Map<String, Boolean> callIds = remembering();
    private final Map<Key, Boolean> attempts = remembering();
    private int open;

    private record Key(String requestId, int number) {}

    public InMemoryLedger() {
        this(System::nanoTime);
    }

    /**
     * A ledger on another clock.
     *
     * @param nanoClock monotonic nanoseconds, in place of {@link System#nanoTime()}
     */
    public InMemoryLedger(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    @Override
    public synchronized Admission admit(Attempt attempt, Instant now) {
        if (callIds.putIfAbsent(attempt.callId(), true) != null) {
            return new Admission.Refused("once", "Call-ID " + attempt.callId() + " has been dialled already");
        }
        if (attempts.putIfAbsent(new Key(attempt.requestId(), attempt.number()), true) != null) {
            return new Admission.Refused(
                    "once",
                    "attempt " + attempt.number() + " of request " + attempt.requestId() + " has been dialled already");
        }
        open++;
        return new Permit(attempt, nanoClock.getAsLong() + VALIDITY.toNanos());
    }

    @Override
    public void invited(Permit permit) {
        // Nothing to remember: the permit itself counts as dialled.
    }

    @Override
    public synchronized void settled(Permit permit, CallOutcome outcome) {
        open--;
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
