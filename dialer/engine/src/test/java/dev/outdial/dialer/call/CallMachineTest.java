package dev.outdial.dialer.call;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.call.CallMachine.Action;
import dev.outdial.dialer.call.CallMachine.Event;
import dev.outdial.dialer.call.CallMachine.State;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.sip.event.SessionEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallMachineTest {
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(30), Duration.ofMinutes(10));

    private State state = new State.Permitted(LIMITS);
    private long now = 5_000_000_000L;
    private final List<Action> actions = new ArrayList<>();

    @Test
    void anAnsweredCallThatTheFarEndHangsUpIsCompletedByIt() {
        ringing();
        after(2, SECONDS).hear(new Event.Answered("PCMU", ""));
        after(20, MILLISECONDS).hear(new Event.MediaSeen());
        after(7, SECONDS).hear(new Event.SessionEnded(end(SessionEnd.Cause.REMOTE_BYE, 0, 16, true)));

        CallOutcome outcome = outcome();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.REMOTE);
        assertThat(outcome.phase()).isEqualTo(Phase.MEDIA);
        assertThat(outcome.cause()).hasValue(16);
        assertThat(outcome.sipCode()).hasValue(200);
        assertThat(outcome.ringMillis()).isEqualTo(2000);
        assertThat(outcome.talkMillis()).isEqualTo(7020);
        assertThat(outcome.answered()).isTrue();
    }

    @Test
    void retransmittedAnswersAndEndsAreReportedOnce() {
        ringing();
        for (int copy = 0; copy < 3; copy++) {
            after(500, MILLISECONDS).hear(new Event.Answered("PCMU", ""));
        }
        for (int copy = 0; copy < 3; copy++) {
            hear(new Event.SessionEnded(end(SessionEnd.Cause.REMOTE_BYE, 0, 16, true)));
        }

        assertThat(actions).filteredOn(Action.ReportAnswered.class::isInstance).hasSize(1);
        assertThat(actions).filteredOn(Action.ReportEnded.class::isInstance).hasSize(1);
    }

    @Test
    void anAnsweredCallWhoseFarEndFallsSilentHasFailedAndSaysForHowLong() {
        ringing();
        after(1, SECONDS).hear(new Event.Answered("PCMU", ""));
        after(40, SECONDS).hear(new Event.RtpTimeout(30_020, 0));
        assertThat(actions).contains(new Action.EndSession(OptionalInt.of(102)));
        after(1, SECONDS).hear(new Event.SessionEnded(end(SessionEnd.Cause.LOCAL_BYE, 0, -1, true)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.FAILED);
        assertThat(outcome().endedBy()).isEqualTo(EndedBy.REMOTE);
        assertThat(outcome().answered()).isTrue();
        assertThat(outcome().talkMillis()).isEqualTo(40_000);
        assertThat(outcome().reason()).isEqualTo("nothing was heard from the far end for 30.0 s");
        assertThat(outcome().retryable()).isFalse();
    }

    @Test
    void whoIsSpokenToFromElsewhereIsToldOfTheNat() {
        ringing();
        hear(new Event.Answered("PCMU", ""));
        hear(new Event.RtpTimeout(1_500, 70));
        hear(new Event.RtpTimeout(2_500, 90));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.LOCAL_BYE, 0, -1, true)));
        assertThat(outcome().reason())
                .isEqualTo("nothing was heard from the far end for 1.5 s, while 70 packets came from other addresses:"
                        + " behind a NAT symmetric RTP is needed");
    }

    @Test
    void silenceBeforeTheAnswerEndsNothing() {
        ringing();
        hear(new Event.RtpTimeout(30_000, 0));
        assertThat(state).isInstanceOf(State.Calling.class);
    }

    @Test
    void nothingIsSentOnAPermitThatRanOut() {
        hear(new Event.Go(false));

        assertThat(actions).noneMatch(Action.SendInvite.class::isInstance);
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(outcome().phase()).isEqualTo(Phase.NONE);
    }

    @Test
    void aCallGivenUpBeforeItsInviteSendsNone() {
        hear(new Event.HangUp(HangUpReason.REQUESTED));
        hear(new Event.Go(true));

        assertThat(actions).noneMatch(Action.SendInvite.class::isInstance);
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
    }

    @Test
    void ringingIsReportedOnceAndOnceMoreWithEarlyMedia() {
        ringing();
        hear(new Event.Provisional(180, false));
        hear(new Event.Provisional(183, true));
        hear(new Event.Provisional(183, true));
        hear(new Event.Provisional(180, false));

        assertThat(actions)
                .filteredOn(Action.ReportRinging.class::isInstance)
                .containsExactly(new Action.ReportRinging(180, false), new Action.ReportRinging(183, true));
    }

    @Test
    void nobodyPicksUpWithinTheRingTime() {
        ringing();
        after(29, SECONDS).hear(new Event.Tick());
        assertThat(actions).noneMatch(Action.EndSession.class::isInstance);
        after(1, SECONDS).hear(new Event.Tick());
        hear(new Event.Tick());
        assertThat(actions).filteredOn(Action.EndSession.class::isInstance).hasSize(1);
        hear(new Event.SessionEnded(end(SessionEnd.Cause.CANCELED, 487, -1, false)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.NO_ANSWER);
        assertThat(outcome().endedBy()).isEqualTo(EndedBy.LOCAL);
        assertThat(outcome().cause()).hasValue(19);
        assertThat(outcome().retryable()).isTrue();
        assertThat(outcome().talkMillis()).isZero();
    }

    @Test
    void anAnswerThatCrossesOurCancelIsNoAnswer() {
        ringing();
        hear(new Event.HangUp(HangUpReason.REQUESTED));
        hear(new Event.Answered("PCMU", ""));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.CANCELED, 0, -1, false)));

        assertThat(actions).noneMatch(Action.ReportAnswered.class::isInstance);
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(outcome().answered()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theCauseOfAHangUpIsSentAndToldInTheOutcome(HangUpCause cause) {
        ringing();
        hear(new Event.Answered("PCMU", ""));
        after(3, SECONDS).hear(new Event.HangUp(HangUpReason.of(cause)));
        hear(new Event.HangUp(HangUpReason.of(HangUpCause.BUSY)));
        assertThat(actions)
                .filteredOn(Action.EndSession.class::isInstance)
                .containsExactly(new Action.EndSession(OptionalInt.of(cause.q850())));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.LOCAL_BYE, 0, -1, true)));

        assertThat(outcome().kind())
                .isEqualTo(cause == HangUpCause.FAILED ? OutcomeKind.FAILED : OutcomeKind.COMPLETED);
        assertThat(outcome().cause()).hasValue(cause.q850());
        assertThat(outcome().endedBy()).isEqualTo(EndedBy.LOCAL);
        assertThat(outcome().talkMillis()).isEqualTo(3000);
        assertThat(outcome().reason())
                .isEqualTo(
                        switch (cause) {
                            case NORMAL -> "we hung up";
                            case ANSWERED_ELSEWHERE -> "we hung up, since somebody else had picked up first";
                            default -> "we hung up: " + cause.word();
                        });
    }

    @ParameterizedTest
    @EnumSource
    void theCauseOfGivingUpGoesWithTheCancel(HangUpCause cause) {
        ringing();
        hear(new Event.HangUp(HangUpReason.of(cause)));
        OptionalInt said = cause == HangUpCause.NORMAL ? OptionalInt.empty() : OptionalInt.of(cause.q850());
        assertThat(actions)
                .filteredOn(Action.EndSession.class::isInstance)
                .containsExactly(new Action.EndSession(said));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.CANCELED, 487, -1, false)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(outcome().cause()).isEqualTo(said);
        assertThat(outcome().reason())
                .startsWith(cause == HangUpCause.ANSWERED_ELSEWHERE ? "given up, since" : "given up before the answer");
    }

    @Test
    void aBusyThatCrossesOurCancelIsBusy() {
        ringing();
        hear(new Event.HangUp(HangUpReason.REQUESTED));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.REJECTED, 486, -1, false)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.BUSY);
        assertThat(outcome().endedBy()).isEqualTo(EndedBy.REMOTE);
    }

    @Test
    void aTrunkThatNeverRespondsWithinTheRingTimeHasFailed() {
        calling();
        after(30, SECONDS).hear(new Event.Tick());
        after(2, SECONDS).hear(new Event.SessionEnded(end(SessionEnd.Cause.NO_RESPONSE, 0, -1, false)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.FAILED);
        assertThat(outcome().sipCode()).hasValue(408);
    }

    @Test
    void givingUpOnATrunkThatNeverRespondsIsStillGivingUp() {
        calling();
        hear(new Event.HangUp(HangUpReason.REQUESTED));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.NO_RESPONSE, 0, -1, false)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
    }

    @Test
    void anOddAnswerToOurCancelIsStillOurGivingUp() {
        ringing();
        hear(new Event.HangUp(HangUpReason.REQUESTED));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.REJECTED, 503, -1, false)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
    }

    @Test
    void whoLosesAGroupIsToldThatTheCallWasCompletedElsewhere() {
        ringing();
        hear(new Event.HangUp(HangUpReason.ANSWERED_ELSEWHERE));
        assertThat(actions).contains(new Action.EndSession(OptionalInt.of(26)));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.CANCELED, 487, -1, false)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(outcome().cause()).hasValue(26);
        assertThat(outcome().answered()).isFalse();
    }

    @Test
    void anAnswerThatCrossedOurGivingUpWasAnAnswer() {
        ringing();
        hear(new Event.HangUp(HangUpReason.ANSWERED_ELSEWHERE));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.ANSWERED_TOO_LATE, 0, -1, false)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(outcome().answered()).isTrue();
        assertThat(outcome().sipCode()).hasValue(200);
        assertThat(outcome().talkMillis()).isZero();
        assertThat(outcome().reason()).contains("too late");
    }

    @Test
    void aSecondAnswerIsACompletedCallThatWeEndedAtOnce() {
        ringing();
        hear(new Event.Answered("PCMU", ""));
        hear(new Event.HangUp(HangUpReason.ANSWERED_ELSEWHERE));
        assertThat(actions).contains(new Action.EndSession(OptionalInt.of(26)));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.LOCAL_BYE, 0, -1, true)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(outcome().cause()).hasValue(26);
        assertThat(outcome().reason()).contains("somebody else");
    }

    @Test
    void wrongCredentialsAreAFailureOfOursAndNotADecline() {
        calling();
        hear(new Event.SessionEnded(end(SessionEnd.Cause.AUTHENTICATION, 403, -1, false)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.FAILED);
        assertThat(outcome().retryable()).isFalse();
    }

    @Test
    void aPeerThatNeverRespondsCountsAs408AndMayBeRetried() {
        calling();
        hear(new Event.SessionEnded(end(SessionEnd.Cause.NO_RESPONSE, 0, -1, false)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.FAILED);
        assertThat(outcome().sipCode()).hasValue(408);
        assertThat(outcome().cause()).hasValue(102);
        assertThat(outcome().retryable()).isTrue();
    }

    @Test
    void anAnswerWithoutACommonCodecIsHungUpAndFailed() {
        ringing();
        hear(new Event.Answered("", "no codec in common"));
        assertThat(actions).contains(new Action.EndSession(OptionalInt.of(88)));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.LOCAL_BYE, 0, -1, true)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.FAILED);
        assertThat(outcome().reason()).isEqualTo("no codec in common");
        assertThat(actions).noneMatch(Action.ReportAnswered.class::isInstance);
    }

    @Test
    void aCallEndsAtItsMaximumDurationEvenIfTheByeIsNeverAnswered() {
        ringing();
        hear(new Event.Answered("PCMU", ""));
        after(600, SECONDS).hear(new Event.Tick());
        assertThat(actions).contains(new Action.EndSession(OptionalInt.of(16)));
        after(41, SECONDS).hear(new Event.Tick());

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(outcome().endedBy()).isEqualTo(EndedBy.LOCAL);
        assertThat(outcome().talkMillis()).isEqualTo(600_000);
    }

    @Test
    void byesThatCrossAreOneEnd() {
        ringing();
        hear(new Event.Answered("PCMU", ""));
        hear(new Event.HangUp(HangUpReason.REQUESTED));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.REMOTE_BYE, 0, -1, true)));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.LOCAL_BYE, 0, -1, true)));

        assertThat(actions).filteredOn(Action.ReportEnded.class::isInstance).hasSize(1);
        assertThat(outcome().endedBy()).isEqualTo(EndedBy.LOCAL);
    }

    @Test
    void aCallDroppedByTheWireAfterTheAnswerHasFailed() {
        ringing();
        hear(new Event.Answered("PCMU", ""));
        hear(new Event.SessionEnded(end(SessionEnd.Cause.TRANSPORT, 0, -1, true)));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.FAILED);
        assertThat(outcome().answered()).isTrue();
    }

    private void calling() {
        hear(new Event.Go(true));
        hear(new Event.Invited());
        assertThat(actions).containsExactly(new Action.SendInvite(), new Action.ReportSent());
    }

    private void ringing() {
        calling();
        hear(new Event.Provisional(100, false));
        hear(new Event.Provisional(180, false));
    }

    private CallMachineTest after(long time, java.util.concurrent.TimeUnit unit) {
        now += unit.toNanos(time);
        return this;
    }

    private void hear(Event event) {
        CallMachine.Step step = CallMachine.step(state, event, now);
        state = step.next();
        actions.addAll(step.actions());
    }

    private CallOutcome outcome() {
        assertThat(state).isInstanceOf(State.Over.class);
        return ((State.Over) state).outcome();
    }

    private static SessionEnd end(SessionEnd.Cause cause, int status, int q850, boolean answered) {
        return new SessionEnd(
                cause,
                cause == SessionEnd.Cause.CANCELED || cause == SessionEnd.Cause.LOCAL_BYE
                        ? SessionEnd.EndedBy.LOCAL
                        : SessionEnd.EndedBy.REMOTE,
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                "reason",
                q850 < 0 ? OptionalInt.empty() : OptionalInt.of(q850),
                answered);
    }
}
