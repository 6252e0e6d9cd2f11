package dev.outdial.dialer.outcome;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one call ended, once and for all. Immutable.
 *
 * @param kind what became of the call, in one word
 * @param sipCode the SIP status that says so, 100 to 699; 408 stands for a peer that never answered and 503 for a
 *     transport that failed; empty where no INVITE was sent
 * @param cause the Q.850 cause, 1 to 127: from the far end's Reason header (RFC 3326) where it sent one, else by the
 *     table of RFC 3398 as far as it goes; empty where there is none
 * @param endedBy who ended the call
 * @param phase the furthest point that the call reached
 * @param retryable whether dialling the same number again could end otherwise. It never says that one should
 * @param reason one sentence for people
 * @param ringMillis from the first ringing response to the answer or the end, 0 where it never rang
 * @param talkMillis from the answer to the end, 0 where nobody answered
 * @param refusedBy whose word it was; empty where no final response of 300 or above ended the call
 * @param retryAfter how long the far end asks us to wait before another try (Retry-After), where it does
 * @param localReason why our side ended it, be it for the far end's silence; empty where it did not
 */
public record CallOutcome(
        OutcomeKind kind,
        OptionalInt sipCode,
        OptionalInt cause,
        EndedBy endedBy,
        Phase phase,
        boolean retryable,
        String reason,
        long ringMillis,
        long talkMillis,
        Optional<RefusedBy> refusedBy,
        Optional<Duration> retryAfter,
        Optional<LocalReason> localReason) {

    public CallOutcome {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(endedBy, "endedBy");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(refusedBy, "refusedBy");
        Objects.requireNonNull(retryAfter, "retryAfter");
        Objects.requireNonNull(localReason, "localReason");
        if (ringMillis < 0 || talkMillis < 0) {
            throw new IllegalArgumentException("negative time: ring " + ringMillis + ", talk " + talkMillis);
        }
    }

    /** The outcome of a call that nobody refused. */
    public CallOutcome(
            OutcomeKind kind,
            OptionalInt sipCode,
            OptionalInt cause,
            EndedBy endedBy,
            Phase phase,
            boolean retryable,
            String reason,
            long ringMillis,
            long talkMillis) {
        this(
                kind,
                sipCode,
                cause,
                endedBy,
                phase,
                retryable,
                reason,
                ringMillis,
                talkMillis,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, ended by our side for that reason. */
    public CallOutcome endedFor(LocalReason why) {
        return new CallOutcome(
                kind,
                sipCode,
                cause,
                endedBy,
                phase,
                retryable,
                reason,
                ringMillis,
                talkMillis,
                refusedBy,
                retryAfter,
                Optional.of(why));
    }

    /** The same, refused by somebody who may ask us to wait. */
    public CallOutcome refused(RefusedBy by, Optional<Duration> wait) {
        return new CallOutcome(
                kind,
                sipCode,
                cause,
                endedBy,
                phase,
                retryable,
                reason,
                ringMillis,
                talkMillis,
                Optional.of(by),
                wait,
                localReason);
    }

    /** The same, told in another sentence. */
    public CallOutcome because(String sentence) {
        return new CallOutcome(
                kind,
                sipCode,
                cause,
                endedBy,
                phase,
                retryable,
                sentence,
                ringMillis,
                talkMillis,
                refusedBy,
                retryAfter,
                localReason);
    }

    /** Whether a 2xx arrived, whatever became of the call afterwards. */
    public boolean answered() {
        return phase.compareTo(Phase.ANSWERED) >= 0;
    }
}
