package dev.outdial.server.dial;

import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.server.calls.ServiceException;
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
    private final Map<String, Consumer<Attempt>> others = new ConcurrentHashMap<>();

    /**
     * A request that is to be dialled later.
     *
     * @param until not before this time
     * @param rule the rule that says so
     * @param sipCallId the Call-ID of the attempt that was asked about, under which nothing was sent; empty where none was
     */
    public record Postponed(Instant until, String rule, String sipCallId) {}

    /** @param beneath decides and remembers */
    public QueueLedger(AttemptLedger beneath) {
        this.beneath = beneath;
    }

    @Override
    public Admission admit(Attempt attempt, Instant now) {
        Consumer<Attempt> listener = listeners.get(attempt.requestId());
        if (listener == null) {
            return heard(attempt, beneath.admit(attempt, now)); // not of the queue
        }
        Admission answer;
        try {
            answer = beneath.admit(attempt, now);
        } catch (ServiceException away) {
            return postponed(attempt, now.plus(WITHOUT_LEDGER), "store");
        }
        return switch (answer) {
            case Admission.Later later ->
                isForTheQueue(later, now) ? postponed(attempt, later.when(), later.rule()) : later;
            case Permit permit -> {
                listener.accept(attempt);
                yield permit;
            }
            case Admission.Refused refused ->
                refused.rule().equals(LEASE) ? postponed(attempt, now.plus(WITHOUT_LEDGER), LEASE) : refused;
        };
    }

    private Admission heard(Attempt attempt, Admission answer) {
        Consumer<Attempt> listener = others.get(attempt.requestId());
        if (listener != null && answer instanceof Permit) listener.accept(attempt);
        return answer;
    }

    private Admission postponed(Attempt attempt, Instant until, String rule) {
        postponed.put(attempt.requestId(), new Postponed(until, rule, attempt.callId()));
        return new Admission.Refused(rule, "not before " + until);
    }

    private static boolean isForTheQueue(Admission.Later later, Instant now) {
        return !later.rule().equals(Admission.Later.PACE)
                && Duration.between(now, later.when()).compareTo(MOMENT) > 0;
    }

    /** Has a request of the queue looked after, until {@link #forget}. @param permitted told of each permit, before the INVITE */
    public void expect(String requestId, Consumer<Attempt> permitted) {
        listeners.put(requestId, permitted);
    }

    /** Has somebody told of the permits of a call that is not of the queue, as one is that a flow or a transfer dials, until {@link #forget}. */
    public void tell(String requestId, Consumer<Attempt> permitted) {
        others.put(requestId, permitted);
    }

    /** The request's call is over; gives until when it was postponed, where that is why. */
    public Optional<Postponed> forget(String requestId) {
        listeners.remove(requestId);
        others.remove(requestId);
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
