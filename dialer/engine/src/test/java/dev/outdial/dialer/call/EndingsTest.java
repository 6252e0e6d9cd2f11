package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.LocalReason;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.dialer.outcome.RefusedBy;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table from what the wire says to what users read, row by row. */
class EndingsTest {
    private static final Progress SENT = Progress.START.reached(Phase.SENT);
    private static final Progress RUNG = SENT.ringing(Phase.RINGING, 0);
    private static final Progress TALKED = RUNG.answered(0);

    private static SessionEnd end(Cause cause, int status, OptionalInt q850) {
        boolean answered = cause == Cause.REMOTE_BYE
                || cause == Cause.LOCAL_BYE
                || cause == Cause.SESSION_EXPIRED
                || cause == Cause.NOT_ACKNOWLEDGED;
        return new SessionEnd(
                cause,
                SessionEnd.EndedBy.REMOTE,
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                "as it is",
                q850,
                answered);
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // d.2, line by line
        "486, BUSY, 17, true, CALLEE",
        "600, BUSY, 17, true, CALLEE",
        "480, NO_ANSWER, 19, true, UNKNOWN",
        "403, REJECTED, 21, false, CARRIER",
        "603, REJECTED, 21, false, CALLEE",
        "402, FAILED, 21, false, CARRIER",
        "404, FAILED, 1, false, CARRIER",
        "604, FAILED, 3, false, CARRIER",
        "485, FAILED, 3, false, CARRIER",
        "410, FAILED, 22, false, CARRIER",
        "484, FAILED, 28, false, CARRIER",
        "408, FAILED, 102, true, UNKNOWN",
        "504, FAILED, 102, true, CARRIER",
        "488, FAILED, 88, false, UNKNOWN",
        "606, FAILED, 88, false, UNKNOWN",
        "400, FAILED, 41, false, UNKNOWN",
        "481, FAILED, 41, false, UNKNOWN",
        "500, FAILED, 41, true, CARRIER",
        "503, FAILED, 41, true, CARRIER",
        "502, FAILED, 38, false, CARRIER",
        "405, FAILED, 63, false, CARRIER",
        "406, FAILED, 79, false, UNKNOWN",
        "415, FAILED, 79, false, UNKNOWN",
        "501, FAILED, 79, false, CARRIER",
        "482, FAILED, 25, false, CARRIER",
        "483, FAILED, 25, false, CARRIER",
        "413, FAILED, 127, false, UNKNOWN",
        "414, FAILED, 127, false, UNKNOWN",
        "416, FAILED, 127, false, UNKNOWN",
        "420, FAILED, 127, false, UNKNOWN",
        "421, FAILED, 127, false, UNKNOWN",
        "423, FAILED, 127, false, UNKNOWN",
        "505, FAILED, 127, false, CARRIER",
        "513, FAILED, 127, false, UNKNOWN",
        "487, FAILED, 31, false, UNKNOWN",
        // and what is not in it, by class
        "607, REJECTED, 21, false, CALLEE",
        "608, REJECTED, 21, false, CARRIER",
        "699, REJECTED, 21, false, UNKNOWN",
        "302, FAILED, 41, false, UNKNOWN",
        "433, FAILED, 127, false, UNKNOWN",
        "491, FAILED, 41, false, UNKNOWN",
        "580, FAILED, 127, false, UNKNOWN",
        "599, FAILED, 41, false, UNKNOWN"
    })
    void aFinalResponseWithoutAReasonHasOneMeaning(
            int status, OutcomeKind kind, int cause, boolean retryable, RefusedBy refusedBy) {
        CallOutcome outcome = Endings.unanswered(SENT, end(Cause.REJECTED, status, OptionalInt.empty()), 1);

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.sipCode()).hasValue(status);
        assertThat(outcome.cause()).hasValue(cause);
        assertThat(outcome.retryable()).isEqualTo(retryable);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.REMOTE);
        assertThat(outcome.refusedBy()).hasValue(refusedBy);
    }

    @ParameterizedTest(name = "{0} after ringing")
    @CsvSource({
        "408, NO_ANSWER, 19, UNKNOWN",
        "480, NO_ANSWER, 19, CALLEE",
        "403, REJECTED, 21, UNKNOWN",
        "603, REJECTED, 21, CALLEE",
        "500, FAILED, 41, UNKNOWN"
    })
    void ringingTellsMore(int status, OutcomeKind kind, int cause, RefusedBy refusedBy) {
        CallOutcome outcome = Endings.unanswered(RUNG, end(Cause.REJECTED, status, OptionalInt.empty()), 1);

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.cause()).hasValue(cause);
        assertThat(outcome.refusedBy()).hasValue(refusedBy);
    }

    @ParameterizedTest(name = "{0} with Q.850 {1}")
    @CsvSource({
        "503, 17, BUSY, true, CALLEE",
        "480, 17, BUSY, true, CALLEE",
        "500, 18, NO_ANSWER, true, CALLEE",
        "503, 19, NO_ANSWER, true, CALLEE",
        "480, 20, NO_ANSWER, true, CALLEE",
        "480, 21, REJECTED, false, UNKNOWN",
        "403, 21, REJECTED, false, UNKNOWN",
        "603, 21, REJECTED, false, CALLEE",
        "487, 26, CANCELED, false, CALLEE",
        "480, 26, CANCELED, false, CALLEE",
        // 16, 31 and 127 say nothing: the status does
        "480, 16, NO_ANSWER, true, UNKNOWN",
        "603, 16, REJECTED, false, CALLEE",
        "487, 16, FAILED, false, UNKNOWN",
        "403, 31, REJECTED, false, CARRIER",
        "500, 127, FAILED, true, CARRIER",
        // the network's own causes, whatever status they were mapped to
        "404, 1, FAILED, false, CARRIER",
        "480, 1, FAILED, false, CARRIER",
        "603, 1, FAILED, false, CARRIER",
        "503, 2, FAILED, false, CARRIER",
        "404, 3, FAILED, false, CARRIER",
        "410, 22, FAILED, false, CARRIER",
        "502, 27, FAILED, true, CARRIER",
        "480, 27, FAILED, true, CARRIER",
        "484, 28, FAILED, false, CARRIER",
        "503, 34, FAILED, true, CARRIER",
        "480, 34, FAILED, true, CARRIER",
        "502, 38, FAILED, true, CARRIER",
        "503, 41, FAILED, true, CARRIER",
        "403, 41, FAILED, true, CARRIER",
        "503, 42, FAILED, true, CARRIER",
        "500, 47, FAILED, true, CARRIER",
        "403, 57, FAILED, false, CARRIER",
        "503, 63, FAILED, false, CARRIER",
        "408, 102, FAILED, true, CARRIER",
        // not of the network: neither side is named
        "488, 88, FAILED, false, UNKNOWN",
        // these say themselves what they mean
        "486, 34, BUSY, true, CALLEE",
        "600, 1, BUSY, true, CALLEE",
        "607, 41, REJECTED, false, CALLEE",
        "608, 41, REJECTED, false, CARRIER"
    })
    void aReasonKnowsBetterThanTheStatus(
            int status, int q850, OutcomeKind kind, boolean retryable, RefusedBy refusedBy) {
        CallOutcome outcome = Endings.unanswered(SENT, end(Cause.REJECTED, status, OptionalInt.of(q850)), 1);

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.sipCode()).hasValue(status);
        assertThat(outcome.cause()).hasValue(q850);
        assertThat(outcome.retryable()).isEqualTo(retryable);
        assertThat(outcome.refusedBy()).hasValue(refusedBy);
    }

    @Test
    void aCallThatTheNetworkBlocksIsNotTheCalleesDecline() {
        var blocked = new SessionEnd(
                Cause.REJECTED,
                SessionEnd.EndedBy.REMOTE,
                OptionalInt.of(603),
                "Network Blocked",
                OptionalInt.of(21),
                false);

        CallOutcome outcome = Endings.unanswered(RUNG, blocked, 1);

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.REJECTED);
        assertThat(outcome.refusedBy()).hasValue(RefusedBy.CARRIER);
    }

    @Test
    void howLongTheFarEndAsksUsToWaitIsTold() {
        var overloaded = new SessionEnd(
                Cause.REJECTED,
                SessionEnd.EndedBy.REMOTE,
                OptionalInt.of(503),
                "Service Unavailable",
                OptionalInt.empty(),
                false,
                List.of(),
                OptionalLong.of(120));

        assertThat(Endings.unanswered(SENT, overloaded, 1).retryAfter()).isEqualTo(Optional.of(Duration.ofMinutes(2)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "NO_RESPONSE,, FAILED, 408, 102, true,",
        "TRANSPORT,, FAILED, 503, 41, true,",
        "AUTHENTICATION, 401, FAILED, 401, 21, false, CARRIER",
        "AUTHENTICATION, 407, FAILED, 407, 21, false, CARRIER",
        "AUTHENTICATION, 403, FAILED, 403, 21, false, CARRIER"
    })
    void whatKeepsAnInviteFromItsAnswerIsAFailure(
            Cause cause,
            @Nullable Integer status,
            OutcomeKind kind,
            int sipCode,
            int q850,
            boolean retryable,
            @Nullable RefusedBy refusedBy) {
        CallOutcome outcome = Endings.unanswered(SENT, end(cause, status == null ? 0 : status, OptionalInt.empty()), 1);

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.sipCode()).hasValue(sipCode);
        assertThat(outcome.cause()).hasValue(q850);
        assertThat(outcome.retryable()).isEqualTo(retryable);
        assertThat(outcome.refusedBy()).isEqualTo(Optional.ofNullable(refusedBy));
    }

    @ParameterizedTest
    @CsvSource({
        "REMOTE_BYE,, COMPLETED, 16",
        "REMOTE_BYE, 31, COMPLETED, 31",
        "SESSION_EXPIRED,, FAILED, 102",
        "NOT_ACKNOWLEDGED,, FAILED, 102",
        "TRANSPORT,, FAILED, 41"
    })
    void afterTheAnswerThereIsNoRefusal(Cause cause, @Nullable Integer q850, OutcomeKind kind, int reported) {
        CallOutcome outcome = Endings.dropped(TALKED, end(cause, 0, optional(q850)), 1);

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.sipCode()).hasValue(200);
        assertThat(outcome.cause()).hasValue(reported);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.REMOTE);
        assertThat(outcome.refusedBy()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CANCELED, 487", "CANCELED,", "REJECTED_HERE, 480"})
    void aCancelThatCrossesOurAnswerIsOne(Cause cause, @Nullable Integer status) {
        CallOutcome outcome = Endings.dropped(TALKED, end(cause, status == null ? 0 : status, OptionalInt.empty()), 1);

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(outcome.sipCode()).isEqualTo(optional(status));
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.REMOTE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"SESSION_EXPIRED", "NOT_ACKNOWLEDGED"})
    void aSessionThatTheFarEndLetDieIsItsDoingThoughOurByeEndedIt(Cause cause) {
        var end = new SessionEnd(
                cause, SessionEnd.EndedBy.LOCAL, OptionalInt.empty(), "no refresh", OptionalInt.empty(), true);

        assertThat(Endings.dropped(TALKED, end, 1).endedBy()).isEqualTo(EndedBy.REMOTE);
    }

    @ParameterizedTest
    @CsvSource({"RING_TIMEOUT, NO_ANSWER, 19, true", "REQUESTED, CANCELED,, false", "FAULT, FAILED,, false"})
    void whatWeGaveUpIsNobodysRefusal(
            HangUpReason reason, OutcomeKind kind, @Nullable Integer cause, boolean retryable) {
        CallOutcome outcome = Endings.givenUp(RUNG, reason, OptionalInt.of(487), 1);

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.sipCode()).hasValue(487);
        assertThat(outcome.cause()).isEqualTo(optional(cause));
        assertThat(outcome.retryable()).isEqualTo(retryable);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.LOCAL);
        assertThat(outcome.refusedBy()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REQUESTED, COMPLETED, 16, LOCAL",
        "MAX_DURATION, COMPLETED, 16, LOCAL",
        "RTP_TIMEOUT, FAILED, 102, REMOTE",
        "INCOMPATIBLE_MEDIA, FAILED, 88, LOCAL",
        "FAULT, FAILED, 41, LOCAL"
    })
    void whatWeHungUpSaysWhy(HangUpReason reason, OutcomeKind kind, int cause, EndedBy by) {
        CallOutcome outcome = Endings.hungUp(TALKED, reason, "", 1);

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.cause()).hasValue(cause);
        assertThat(outcome.endedBy()).isEqualTo(by);
        assertThat(outcome.refusedBy()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(HangUpReason.class)
    void whyOurSideEndedItIsAValueBeforeAndAfterTheAnswer(HangUpReason reason) {
        LocalReason expected = switch (reason) {
            case MAX_DURATION -> LocalReason.MAX_DURATION;
            case RING_TIMEOUT -> LocalReason.RING_TIME;
            case CLOSING -> LocalReason.CLOSING;
            case ANSWERED_ELSEWHERE -> LocalReason.ANSWERED_ELSEWHERE;
            case INCOMPATIBLE_MEDIA -> LocalReason.INCOMPATIBLE;
            case RTP_TIMEOUT -> LocalReason.SILENCE;
            case FAULT -> LocalReason.FAULT;
            default -> LocalReason.HANG_UP;
        };
        assertThat(Endings.hungUp(TALKED, reason, "", 1).localReason()).hasValue(expected);
        assertThat(Endings.givenUp(RUNG, reason, OptionalInt.empty(), 1)
                        .because("told otherwise")
                        .localReason())
                .hasValue(expected);
        assertThat(Endings.dropped(TALKED, end(Cause.REMOTE_BYE, 0, OptionalInt.empty()), 1)
                        .localReason())
                .isEmpty();
    }
}
