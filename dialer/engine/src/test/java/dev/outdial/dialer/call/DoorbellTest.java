package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.call.Doorbell.Action;
import dev.outdial.dialer.call.Doorbell.Event;
import dev.outdial.dialer.call.Doorbell.State;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls to us, told in simulated time. */
class DoorbellTest {
    private final List<Action> actions = new ArrayList<>();
    private long now = 1_000_000_000L;
    private State state = Doorbell.start(Duration.ofSeconds(60), Optional.empty(), now);

    @Test
    void aCallRingsOnceAndIsAnswered() {
        take(new Event.Ring());
        take(new Event.Ring());
        after(Duration.ofSeconds(2));
        take(new Event.Accept(false));

        assertThat(actions).containsExactly(new Action.SendRinging(), new Action.SendAnswer(), new Action.BeginCall());
        assertThat(state).isInstanceOf(State.Answered.class);
        assertThat(Doorbell.nextDeadlineNanos(state)).isEmpty();
    }

    @Test
    void aCallWithoutAnOfferBeginsWhenTheAckBringsTheAnswer() {
        take(new Event.Accept(true));
        assertThat(actions).containsExactly(new Action.SendAnswer());

        take(new Event.Confirmed(""));

        assertThat(actions).containsExactly(new Action.SendAnswer(), new Action.BeginCall());
    }

    @Test
    void anAckWhoseAnswerCannotBeUsedEndsTheCall() {
        take(new Event.Accept(true));
        take(new Event.Confirmed("no codec in common"));
        assertThat(actions).last().isEqualTo(new Action.EndSession(88));

        take(ended(Cause.LOCAL_BYE, SessionEnd.EndedBy.LOCAL, OptionalInt.empty()));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.FAILED);
        assertThat(outcome().reason()).isEqualTo("no codec in common");
    }

    @Test
    void theCallerHearsUsBeforeTheAnswerOnceAndRingingAfterThatIsNoNews() {
        take(new Event.Ring());
        take(new Event.RingWithMedia());
        take(new Event.RingWithMedia());
        take(new Event.Ring());
        assertThat(actions).containsExactly(new Action.SendRinging(), new Action.SendEarlyMedia());
        after(Duration.ofSeconds(3));
        take(new Event.Accept(false));
        assertThat(actions).endsWith(new Action.SendAnswer(), new Action.BeginCall());
        take(new Event.RingWithMedia());
        assertThat(actions).hasSize(4);
    }

    @Test
    void aCallIsAnsweredByItselfAndOnce() {
        state = Doorbell.start(Duration.ofSeconds(60), Optional.of(Duration.ofSeconds(5)), now);
        take(new Event.Ring());
        assertThat(Doorbell.nextDeadlineNanos(state)).hasValue(now + 5_000_000_000L);
        after(Duration.ofMillis(4999));
        take(new Event.Tick());
        assertThat(actions).containsExactly(new Action.SendRinging());
        after(Duration.ofMillis(1));
        take(new Event.Tick());
        take(new Event.Tick());
        assertThat(actions).containsExactly(new Action.SendRinging(), new Action.Answer());
        take(new Event.Accept(false));
        assertThat(actions).endsWith(new Action.SendAnswer(), new Action.BeginCall());
    }

    @Test
    void whoDecidesBeforeItIsAnsweredByItselfIsObeyed() {
        state = Doorbell.start(Duration.ofSeconds(60), Optional.of(Duration.ofSeconds(5)), now);
        take(new Event.Decline(603));
        after(Duration.ofSeconds(6));
        take(new Event.Tick());
        assertThat(actions).containsExactly(new Action.SendRefusal(603));
    }

    @Test
    void aMachineThatWakesTooLateRefusesWhatMayWaitNoLonger() {
        state = Doorbell.start(Duration.ofSeconds(60), Optional.of(Duration.ofSeconds(5)), now);
        after(Duration.ofSeconds(61));
        take(new Event.Tick());
        assertThat(actions).containsExactly(new Action.SendRefusal(480));
    }

    @Test
    void aDeclinedCallIsRejectedByUs() {
        take(new Event.Ring());
        take(new Event.Decline(486));
        take(new Event.Decline(603));
        assertThat(actions).containsExactly(new Action.SendRinging(), new Action.SendRefusal(486));

        take(ended(Cause.REJECTED_HERE, SessionEnd.EndedBy.LOCAL, OptionalInt.empty()));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.REJECTED);
        assertThat(outcome().endedBy()).isEqualTo(EndedBy.LOCAL);
        assertThat(outcome().sipCode()).hasValue(486);
        assertThat(outcome().phase()).isEqualTo(Phase.RINGING);
    }

    @Test
    void aCallThatNobodyTakesIsRefusedInTheEnd() {
        after(Duration.ofSeconds(59));
        take(new Event.Tick());
        assertThat(actions).isEmpty();

        after(Duration.ofSeconds(1));
        take(new Event.Tick());
        take(ended(Cause.REJECTED_HERE, SessionEnd.EndedBy.LOCAL, OptionalInt.empty()));

        assertThat(actions).first().isEqualTo(new Action.SendRefusal(480));
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.NO_ANSWER);
    }

    @Test
    void whoeverCalledMayGiveUp() {
        take(new Event.Ring());
        after(Duration.ofSeconds(3));
        take(ended(Cause.CANCELED, SessionEnd.EndedBy.REMOTE, OptionalInt.empty()));

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(outcome().endedBy()).isEqualTo(EndedBy.REMOTE);
        assertThat(outcome().ringMillis()).isEqualTo(3_000);
    }

    @Test
    void aCallTakenElsewhereSaysSo() {
        take(ended(Cause.CANCELED, SessionEnd.EndedBy.REMOTE, OptionalInt.of(26)));

        assertThat(outcome().cause()).hasValue(26);
        assertThat(outcome().reason()).isEqualTo("somebody else took the call");
    }

    @Test
    void anOfferThatCannotBeAgreedOnIsRefusedAsSuch() {
        take(new Event.Incompatible("no codec in common"));
        take(ended(Cause.REJECTED_HERE, SessionEnd.EndedBy.LOCAL, OptionalInt.empty()));

        assertThat(actions).first().isEqualTo(new Action.SendRefusal(488));
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.FAILED);
        assertThat(outcome().cause()).hasValue(88);
    }

    @ParameterizedTest
    @EnumSource
    void whoHangsUpForAReasonRefusesAccordingly(HangUpCause cause) {
        take(new Event.HangUp(cause));
        take(ended(Cause.REJECTED_HERE, SessionEnd.EndedBy.LOCAL, OptionalInt.empty()));

        assertThat(actions).first().isEqualTo(new Action.SendRefusal(cause.refusal()));
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(outcome().sipCode()).hasValue(cause.refusal());
        assertThat(outcome().cause()).hasValue(cause.q850());
    }

    @Test
    void aSessionThatSaysNothingIsGivenUp() {
        take(new Event.HangUp());
        after(Duration.ofSeconds(41));
        take(new Event.Tick());
        take(new Event.Tick());

        assertThat(actions).filteredOn(Action.ReportEnded.class::isInstance).hasSize(1);
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(outcome().endedBy()).isEqualTo(EndedBy.LOCAL);
    }

    @Test
    void aFaultOnTheWayToTheCallHangsUpAndIsToldAsOne() {
        take(new Event.Accept(false));
        take(new Event.Fault());
        take(new Event.Fault());

        assertThat(actions).containsExactly(new Action.SendAnswer(), new Action.BeginCall(), new Action.EndSession(41));
        take(ended(Cause.LOCAL_BYE, SessionEnd.EndedBy.LOCAL, OptionalInt.empty()));
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.FAILED);
        assertThat(outcome().cause()).hasValue(41);
        assertThat(outcome().endedBy()).isEqualTo(EndedBy.LOCAL);
    }

    @Test
    void aFaultWhoseSessionSaysNothingIsOverInTheEnd() {
        take(new Event.Accept(false));
        take(new Event.Fault());
        after(Duration.ofSeconds(41));
        take(new Event.Tick());

        assertThat(outcome().kind()).isEqualTo(OutcomeKind.FAILED);
    }

    @Test
    void aFaultWhileItRingsRefusesTheCall() {
        take(new Event.Ring());
        take(new Event.Fault());
        take(ended(Cause.REJECTED_HERE, SessionEnd.EndedBy.LOCAL, OptionalInt.empty()));

        assertThat(actions).contains(new Action.SendRefusal(500));
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.FAILED);
    }

    private void take(Event event) {
        Doorbell.Step step = Doorbell.step(state, event, now);
        state = step.next();
        actions.addAll(step.actions());
    }

    private void after(Duration time) {
        now += time.toNanos();
    }

    private CallOutcome outcome() {
        assertThat(state).isInstanceOf(State.Over.class);
        return ((State.Over) state).outcome();
    }

    private static Event ended(Cause cause, SessionEnd.EndedBy by, OptionalInt q850) {
        return new Event.SessionEnded(new SessionEnd(cause, by, OptionalInt.empty(), "over", q850, false));
    }
}
