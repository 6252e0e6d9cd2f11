package dev.outdial.dialer.call;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.RefusedBy;
import dev.outdial.dialer.outcome.Verdict;
import dev.outdial.sip.event.SessionEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Which outcome an end stands for. Pure. */
final class Endings {
    private static final int Q850_NORMAL_CLEARING = 16;
    private static final int Q850_NO_ANSWER = 19;
    private static final int Q850_ANSWERED_ELSEWHERE = 26;
    private static final int Q850_TEMPORARY_FAILURE = 41;
    private static final int Q850_INCOMPATIBLE_DESTINATION = 88;
    private static final int Q850_TIMER_EXPIRED = 102;

    private Endings() {}

    /** No INVITE was sent. */
    static CallOutcome notSent(OutcomeKind kind, OptionalInt sipCode, String reason) {
        return Progress.START.outcome(kind, sipCode, OptionalInt.empty(), EndedBy.LOCAL, false, reason, 0);
    }

    /** The session ended before an answer and without our asking. */
    static CallOutcome unanswered(Progress progress, SessionEnd end, long now) {
        int status = status(end);
        Verdict verdict = Verdict.of(status, end.q850(), progress.hasRung());
        // A challenge that our credentials do not meet is about the trunk, not about the callee.
        boolean aboutUs = end.cause() == SessionEnd.Cause.AUTHENTICATION;
        CallOutcome outcome = progress.outcome(
                aboutUs ? OutcomeKind.FAILED : verdict.kind(),
                OptionalInt.of(status),
                verdict.cause(),
                end.by() == SessionEnd.EndedBy.LOCAL ? EndedBy.LOCAL : EndedBy.REMOTE,
                !aboutUs && verdict.retryable(),
                end.reason(),
                now);
        if (end.sipStatus().isEmpty()) {
            return outcome;
        }
        return outcome.refused(
                RefusedBy.of(status, end.reason(), end.q850(), progress.hasRung()),
                end.retryAfterSeconds().isPresent()
                        ? Optional.of(Duration.ofSeconds(end.retryAfterSeconds().getAsLong()))
                        : Optional.empty());
    }

    /** Whether giving up is not what ended the call: a busy that crossed our CANCEL, or a peer that was never there. */
    static boolean isFarEndsOwn(Progress progress, HangUpReason reason, SessionEnd end) {
        return switch (end.cause()) {
            case REJECTED ->
                switch (Verdict.of(status(end), end.q850(), progress.hasRung()).kind()) {
                    case BUSY, REJECTED -> true;
                    case COMPLETED, NO_ANSWER, FAILED, CANCELED, REFUSED, UNKNOWN -> false;
                };
            case NO_RESPONSE, TRANSPORT -> reason == HangUpReason.RING_TIMEOUT;
            case CANCELED,
                    ANSWERED_TOO_LATE,
                    AUTHENTICATION,
                    REMOTE_BYE,
                    LOCAL_BYE,
                    REJECTED_HERE,
                    SESSION_EXPIRED,
                    NOT_ACKNOWLEDGED -> false;
        };
    }

    /** We gave up before an answer, and nothing else ended the call. */
    static CallOutcome givenUp(Progress progress, HangUpReason reason, OptionalInt status, long now) {
        return switch (reason) {
            case RING_TIMEOUT ->
                progress.outcome(
                        OutcomeKind.NO_ANSWER,
                        status,
                        OptionalInt.of(Q850_NO_ANSWER),
                        EndedBy.LOCAL,
                        true,
                        "nobody picked up within the ring time",
                        now);
            case FAULT, INCOMPATIBLE_MEDIA ->
                progress.outcome(
                        OutcomeKind.FAILED,
                        status,
                        OptionalInt.empty(),
                        EndedBy.LOCAL,
                        false,
                        "a fault of our own ended the call",
                        now);
            case ANSWERED_ELSEWHERE ->
                progress.outcome(
                        OutcomeKind.CANCELED,
                        status,
                        OptionalInt.of(Q850_ANSWERED_ELSEWHERE),
                        EndedBy.LOCAL,
                        false,
                        "given up, since somebody else picked up first",
                        now);
            case CLOSING ->
                progress.outcome(
                        OutcomeKind.CANCELED,
                        status,
                        OptionalInt.empty(),
                        EndedBy.LOCAL,
                        false,
                        "given up before the answer, since the dialer closed",
                        now);
            case REQUESTED,
                    REQUESTED_AS_TIMEOUT,
                    REQUESTED_AS_MACHINE,
                    REQUESTED_AS_BUSY,
                    REQUESTED_AS_NO_ANSWER,
                    REQUESTED_AS_REJECTED,
                    REQUESTED_AS_FAILED,
                    MAX_DURATION,
                    RTP_TIMEOUT ->
                progress.outcome(
                        OutcomeKind.CANCELED,
                        status,
                        givenCause(reason),
                        EndedBy.LOCAL,
                        false,
                        "given up before the answer" + inWords(reason),
                        now);
        };
    }

    /** We gave up, and the answer that crossed was acknowledged and ended at once: somebody did pick up, though we talked to nobody. */
    static CallOutcome answeredTooLate(Progress progress, HangUpReason reason, long now) {
        CallOutcome ours = givenUp(progress.answered(now), reason, OptionalInt.of(200), now);
        return ours.because(ours.reason() + "; an answer came too late and was ended at once");
    }

    /** The session ended after the answer and without our asking: a BYE, a timer, or the wire. */
    static CallOutcome dropped(Progress progress, SessionEnd end, long now) {
        if (end.cause() == SessionEnd.Cause.CANCELED || end.cause() == SessionEnd.Cause.REJECTED_HERE) {
            return crossed(progress, end, now);
        }
        boolean byBye = end.cause() == SessionEnd.Cause.REMOTE_BYE || end.cause() == SessionEnd.Cause.LOCAL_BYE;
        return progress.outcome(
                byBye ? OutcomeKind.COMPLETED : OutcomeKind.FAILED,
                OptionalInt.of(200),
                end.q850().isPresent() ? end.q850() : OptionalInt.of(causeOfDrop(end.cause())),
                // Whose BYE ended a session that the far end no longer kept alive does not matter: its silence did.
                end.by() == SessionEnd.EndedBy.LOCAL && !isSilence(end.cause()) ? EndedBy.LOCAL : EndedBy.REMOTE,
                false,
                byBye ? "the far end hung up" : end.reason(),
                now);
    }

    /** Whoever called gave up while our answer was on its way: for the far end there was no call. */
    private static CallOutcome crossed(Progress progress, SessionEnd end, long now) {
        return progress.outcome(
                OutcomeKind.CANCELED,
                end.sipStatus(),
                end.q850().isPresent() ? end.q850() : OptionalInt.of(Q850_NORMAL_CLEARING),
                EndedBy.REMOTE,
                false,
                "whoever called gave up",
                now);
    }

    private static int causeOfDrop(SessionEnd.Cause cause) {
        return switch (cause) {
            case REMOTE_BYE, LOCAL_BYE -> Q850_NORMAL_CLEARING;
            case SESSION_EXPIRED, NOT_ACKNOWLEDGED -> Q850_TIMER_EXPIRED;
            case TRANSPORT, REJECTED, REJECTED_HERE, CANCELED, ANSWERED_TOO_LATE, NO_RESPONSE, AUTHENTICATION ->
                Q850_TEMPORARY_FAILURE;
        };
    }

    private static boolean isSilence(SessionEnd.Cause cause) {
        return cause == SessionEnd.Cause.SESSION_EXPIRED || cause == SessionEnd.Cause.NOT_ACKNOWLEDGED;
    }

    /** We hung up after the answer. */
    static CallOutcome hungUp(Progress progress, HangUpReason reason, String detail, long endedNanos) {
        return switch (reason) {
            case INCOMPATIBLE_MEDIA ->
                ended(progress, endedNanos, OutcomeKind.FAILED, Q850_INCOMPATIBLE_DESTINATION, detail);
            case FAULT ->
                ended(
                        progress,
                        endedNanos,
                        OutcomeKind.FAILED,
                        Q850_TEMPORARY_FAILURE,
                        "a fault of our own ended the call");
            case RTP_TIMEOUT ->
                progress.outcome(
                        OutcomeKind.FAILED,
                        OptionalInt.of(200),
                        OptionalInt.of(Q850_TIMER_EXPIRED),
                        EndedBy.REMOTE,
                        false,
                        detail,
                        endedNanos);
            case REQUESTED_AS_FAILED ->
                ended(
                        progress,
                        endedNanos,
                        OutcomeKind.FAILED,
                        HangUpCause.FAILED.q850(),
                        "we hung up" + inWords(reason));
            case REQUESTED,
                    REQUESTED_AS_TIMEOUT,
                    REQUESTED_AS_MACHINE,
                    REQUESTED_AS_BUSY,
                    REQUESTED_AS_NO_ANSWER,
                    REQUESTED_AS_REJECTED,
                    RING_TIMEOUT ->
                ended(
                        progress,
                        endedNanos,
                        OutcomeKind.COMPLETED,
                        givenCause(reason).orElse(Q850_NORMAL_CLEARING),
                        "we hung up" + inWords(reason));
            case ANSWERED_ELSEWHERE ->
                ended(
                        progress,
                        endedNanos,
                        OutcomeKind.COMPLETED,
                        Q850_ANSWERED_ELSEWHERE,
                        "we hung up, since somebody else had picked up first");
            case CLOSING ->
                ended(
                        progress,
                        endedNanos,
                        OutcomeKind.COMPLETED,
                        Q850_NORMAL_CLEARING,
                        "we hung up, since the dialer closed");
            case MAX_DURATION ->
                ended(
                        progress,
                        endedNanos,
                        OutcomeKind.COMPLETED,
                        Q850_NORMAL_CLEARING,
                        "the call reached its maximum duration");
        };
    }

    /** The Q.850 cause that the far end is told because a user gave it, or somebody else was quicker. */
    static OptionalInt givenCause(HangUpReason reason) {
        return reason.given().stream().mapToInt(HangUpCause::q850).findFirst();
    }

    private static String inWords(HangUpReason reason) {
        return reason.given().map(cause -> ": " + cause.word()).orElse("");
    }

    private static CallOutcome ended(Progress progress, long endedNanos, OutcomeKind kind, int cause, String reason) {
        return progress.outcome(
                kind, OptionalInt.of(200), OptionalInt.of(cause), EndedBy.LOCAL, false, reason, endedNanos);
    }

    /** A peer that never answered counts as 408, a transport that failed as 503 (RFC 3261 section 8.1.3.1). */
    private static int status(SessionEnd end) {
        return end.sipStatus().orElse(end.cause() == SessionEnd.Cause.TRANSPORT ? 503 : 408);
    }
}
