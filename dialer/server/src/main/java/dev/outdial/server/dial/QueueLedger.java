package dev.outdial.server.dial;

import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The ledger of a process that has a queue: who is told "not yet" for longer than a moment does not wait in the engine, but goes back to the
 * queue until then and holds up nobody. Who waits for its trunk's pace stays, since the engine keeps the order of those. It tells who
 * listens of each permit before anything is sent.
 *
 * <p><b>Threading:</b> any; blocks as the ledger beneath does.
 */
public final class QueueLedger implements AttemptLedger {
    private static final Duration MOMENT = Duration.ofSeconds(2);
    /** When a call is tried again that could not be asked about, or is not this process's any more. */
    private static final Duration WITHOUT_LEDGER = Duration.ofSeconds(1);

    private static final String LEASE = "lease";

    private final AttemptLedger beneath;
    private final Map<String, Postponed> postponed = new ConcurrentHashMap<>();
    private final Map<String, Consumer<Attempt>> listeners = new ConcurrentHashMap<>();

    /**
     * A request that is to be dialled later.
     *
     * @param until not before this time
     * @param rule the rule that says so
     */
    public record Postponed(Instant until, String rule) {}

    /** @param beneath decides and remembers */
    public QueueLedger(AttemptLedger beneath) {
        this.beneath = beneath;
    }

    @Override
    public Admission admit(Attempt attempt, Instant now) {
        Consumer<Attempt> listener = listeners.get(attempt.requestId());
        Admission answer = beneath.admit(attempt, now);
        if (listener == null) {
            return answer; // not of the queue: a leg that a flow or a transfer dials
        }
        return switch (answer) {
            case Admission.Later later
            when isForTheQueue(later, now) -> {
                postponed.put(attempt.requestId(), new Postponed(later.when(), later.rule()));
                yield new Admission.Refused(later.rule(), "not before " + later.when());
            }
            case Permit permit -> {
                listener.accept(attempt);
                yield permit;
            }
            case Admission.Refused refused -> refused;
            case Admission.Later later -> later;
        };
    }

    private Admission postponed(Attempt attempt, Postponed until) {
        postponed.put(attempt.requestId(), until);
        return new Admission.Refused(until.rule(), "not before " + until.until());
    }

    private static boolean isForTheQueue(Admission.Later later, Instant now) {
        return !later.rule().equals(Admission.Later.PACE)
                && Duration.between(now, later.when()).compareTo(MOMENT) > 0;
    }

    /** Has a request of the queue looked after, until {@link #forget}. @param permitted told of each permit, before the INVITE */
    public void expect(String requestId, Consumer<Attempt> permitted) {
        listeners.put(requestId, permitted);
    }

    /** The request's call is over; gives until when it was postponed, where that is why. */
    public Optional<Postponed> forget(String requestId) {
        listeners.remove(requestId);
        return Optional.ofNullable(postponed.remove(requestId));
    }

    @Override
    public void invited(Permit permit) {
        beneath.invited(permit);
    }

    @Override
    public void settled(Permit permit, CallOutcome outcome) {
        beneath.settled(permit, outcome);
    }
}
