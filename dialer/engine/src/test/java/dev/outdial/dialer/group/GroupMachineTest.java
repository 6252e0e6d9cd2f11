package dev.outdial.dialer.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.group.GroupMachine.Action;
import dev.outdial.dialer.group.GroupMachine.Action.Dial;
import dev.outdial.dialer.group.GroupMachine.Action.End;
import dev.outdial.dialer.group.GroupMachine.Event;
import dev.outdial.dialer.group.GroupMachine.State;
import dev.outdial.dialer.group.GroupMachine.Why;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups in simulated time. */
class GroupMachineTest {
    private static final CallOutcome BUSY = outcome(OutcomeKind.BUSY, Phase.SENT);
    private static final CallOutcome NO_ANSWER = outcome(OutcomeKind.NO_ANSWER, Phase.RINGING);
    private static final CallOutcome CANCELED = outcome(OutcomeKind.CANCELED, Phase.RINGING);
    private static final CallOutcome COMPLETED = outcome(OutcomeKind.COMPLETED, Phase.MEDIA);

    private final List<Action> actions = new ArrayList<>();
    private State state = GroupMachine.start(GroupPlan.ringAll(), 3);
    private long nowNanos = Long.MAX_VALUE - 1_000_000; // a clock that wraps

    @Test
    void allRingAtOnceAndTheOthersAreEndedBeforeTheWinnerIsTold() {
        begin(GroupPlan.ringAll(), 3);
        expect(new Dial(0), new Dial(1), new Dial(2));
        hear(new Event.Answered(1));
        expect(new End(0, Why.ANSWERED_ELSEWHERE), new End(2, Why.ANSWERED_ELSEWHERE), new Action.TellWon(1));
        hear(new Event.Ended(0, CANCELED));
        hear(new Event.Ended(2, CANCELED));
        hear(new Event.Ended(1, COMPLETED));
        expect(new Action.TellOver());
        assertThat(state).isInstanceOf(State.Over.class);
    }

    @Test
    void aSecondAnswerThatCrossesWinsNothing() {
        begin(GroupPlan.ringAll(), 2);
        actions.clear();
        hear(new Event.Answered(1));
        hear(new Event.Answered(0));
        expect(new End(0, Why.ANSWERED_ELSEWHERE), new Action.TellWon(1));
        hear(new Event.Ended(0, COMPLETED));
        assertThat(state).isInstanceOf(State.Taken.class);
    }

    @Test
    void whoHangsUpTheGroupHangsUpTheWinnerToo() {
        begin(GroupPlan.ringAll(), 2);
        hear(new Event.Answered(0));
        hear(new Event.Ended(1, CANCELED));
        actions.clear();
        hear(new Event.HangUp());
        expect(new End(0, Why.GIVEN_UP));
        hear(new Event.Ended(0, COMPLETED));
        expect(new Action.TellOver());
    }

    @Test
    void nobodyIsToldWhenAllHaveEnded() {
        begin(GroupPlan.ringAll(), 2);
        actions.clear();
        hear(new Event.Ended(0, BUSY));
        expect();
        hear(new Event.Ended(1, NO_ANSWER));
        expect(new Action.TellNobody(NobodyBecause.ALL_ENDED), new Action.TellOver());
    }

    @Test
    void theRingTimeOfTheGroupEndsAllAndWaitsForThem() {
        begin(GroupPlan.ringAll().within(Duration.ofSeconds(20)), 2);
        actions.clear();
        wakeAt(19_999);
        expect();
        wakeAt(20_000);
        expect(new End(0, Why.TIME_OVER), new End(1, Why.TIME_OVER));
        hear(new Event.Answered(0)); // crosses
        hear(new Event.Ended(0, COMPLETED));
        hear(new Event.Ended(1, NO_ANSWER));
        expect(new Action.TellNobody(NobodyBecause.TIME_OVER), new Action.TellOver());
    }

    @Test
    void oneAfterAnotherTheNextIsDialledWhenTheTimeOfOneIsOver() {
        begin(GroupPlan.oneAfterAnother(Duration.ofSeconds(10)), 3);
        expect(new Dial(0));
        passMillis(5_000); // for its permit: the ring time has not begun
        hear(new Event.Sent(0));
        passMillis(9_999);
        hear(new Event.Tick());
        expect();
        passMillis(1);
        hear(new Event.Tick());
        expect(new End(0, Why.TIME_OVER), new Dial(1));
        hear(new Event.Tick());
        hear(new Event.Answered(0)); // crossed the end of its time
        expect();
        hear(new Event.Ended(1, BUSY));
        expect(new Dial(2));
        hear(new Event.Answered(2));
        expect(new End(0, Why.ANSWERED_ELSEWHERE), new Action.TellWon(2));
    }

    @Test
    void theLastOfThemIsWaitedForUntilItsEnd() {
        begin(GroupPlan.oneAfterAnother(Duration.ofSeconds(10)), 1);
        actions.clear();
        hear(new Event.Sent(0));
        passMillis(10_000);
        hear(new Event.Tick());
        expect(new End(0, Why.TIME_OVER));
        hear(new Event.Ended(0, NO_ANSWER));
        expect(new Action.TellNobody(NobodyBecause.ALL_ENDED), new Action.TellOver());
    }

    @Test
    void theHuntGoesPastWhoIsBusyOrCannotBeReachedAndEndsWhereItRang() {
        begin(GroupPlan.firstFree(), 4);
        expect(new Dial(0));
        hear(new Event.Ended(0, outcome(OutcomeKind.BUSY, Phase.RINGING)));
        expect(new Dial(1));
        hear(new Event.Ended(1, outcome(OutcomeKind.FAILED, Phase.SENT)));
        expect(new Dial(2));
        hear(new Event.Ended(2, NO_ANSWER));
        expect(new Action.TellNobody(NobodyBecause.ALL_ENDED), new Action.TellOver());
    }

    @Test
    void theHuntWaitsForTheEndOfWhoseTimeIsOver() {
        begin(GroupPlan.firstFree().ringingEach(Duration.ofSeconds(10)), 2);
        hear(new Event.Sent(0));
        passMillis(10_000);
        actions.clear();
        hear(new Event.Tick());
        expect(new End(0, Why.TIME_OVER));
        hear(new Event.Ended(0, outcome(OutcomeKind.NO_ANSWER, Phase.SENT))); // it never rang
        expect(new Dial(1));
    }

    @ParameterizedTest
    @EnumSource(GroupPlan.Order.class)
    void whereNobodyMayBeDialledAnyMoreWhoRingsGoesOn(GroupPlan.Order order) {
        begin(new GroupPlan(order, java.util.Optional.empty(), Duration.ofSeconds(30)), 2);
        actions.clear();
        hear(new Event.NoMoreDialling());
        expect();
        hear(new Event.Ended(0, BUSY));
        if (order == GroupPlan.Order.ALL_AT_ONCE) hear(new Event.Ended(1, BUSY));
        expect(new Action.TellNobody(NobodyBecause.ALL_ENDED), new Action.TellOver());
    }

    @Test
    void aMemberThatMayNotBeDialledIsLikeOneThatEnded() {
        begin(GroupPlan.firstFree(), 2);
        actions.clear();
        hear(new Event.NotDialled(0));
        expect(new Dial(1));
        hear(new Event.NotDialled(1));
        expect(new Action.TellNobody(NobodyBecause.ALL_ENDED), new Action.TellOver());
    }

    /** Whatever happens in whatever order: one winner, one end, nobody dialled twice, and everybody who lost is told to end. */
    @Test
    void whateverHappensThereIsOneWinnerAtMostAndOneEnd() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            GroupPlan.Order order = GroupPlan.Order.values()[random.nextInt(3)];
            begin(
                    new GroupPlan(
                            order,
                            java.util.Optional.of(Duration.ofSeconds(random.nextInt(1, 20))),
                            Duration.ofMinutes(1)),
                    random.nextInt(1, 5));
            Set<Integer> running = new TreeSet<>();
            Set<Integer> everRun = new TreeSet<>();
            Set<Integer> told = new TreeSet<>();
            int seen = 0;
            for (int i = 0; i < 400 && !(state instanceof State.Over); i++) {
                for (; seen < actions.size(); seen++) {
                    if (actions.get(seen) instanceof Dial dial) {
                        running.add(dial.member());
                        assertThat(everRun.add(dial.member()))
                                .as("seed %d", seed)
                                .isTrue();
                    } else if (actions.get(seen) instanceof End end) {
                        told.add(end.member());
                    }
                }
                passMillis(random.nextInt(3_000));
                int which = running.isEmpty() ? -1 : List.copyOf(running).get(random.nextInt(running.size()));
                switch (random.nextInt(6)) {
                    case 0 -> hear(new Event.Tick());
                    case 1 -> hear(which < 0 ? new Event.Tick() : new Event.Sent(which));
                    case 2 -> hear(which < 0 ? new Event.Tick() : new Event.Answered(which));
                    case 3 -> hear(random.nextInt(10) == 0 ? new Event.HangUp() : new Event.Tick());
                    case 4 -> hear(random.nextInt(10) == 0 ? new Event.NoMoreDialling() : new Event.Tick());
                    default -> {
                        if (which >= 0) {
                            running.remove(which);
                            hear(new Event.Ended(
                                    which,
                                    List.of(BUSY, NO_ANSWER, CANCELED, COMPLETED)
                                            .get(random.nextInt(4))));
                        }
                    }
                }
            }
            assertThat(state).as("seed %d", seed).isInstanceOf(State.Over.class);
            assertThat(running).as("seed %d", seed).isEmpty();
            assertThat(actions)
                    .as("seed %d", seed)
                    .filteredOn(Action.TellOver.class::isInstance)
                    .hasSize(1);
            assertThat(actions)
                    .as("seed %d", seed)
                    .filteredOn(a -> a instanceof Action.TellWon || a instanceof Action.TellNobody)
                    .hasSize(1);
        }
    }

    @Test
    void aPlanWithoutTimeMakesNoSense() {
        assertThatThrownBy(() -> GroupPlan.ringAll().within(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ring time of the group");
        assertThatThrownBy(() -> GroupPlan.oneAfterAnother(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ring time of a member");
    }

    private void begin(GroupPlan plan, int members) {
        actions.clear();
        state = GroupMachine.start(plan, members);
        hear(new Event.Begin());
    }

    private void wakeAt(long millisFromNow) {
        long before = nowNanos;
        passMillis(millisFromNow);
        hear(new Event.Tick());
        nowNanos = before;
    }

    private void passMillis(long millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void hear(Event event) {
        GroupMachine.Step step = GroupMachine.step(state, event, nowNanos);
        state = step.next();
        actions.addAll(step.actions());
    }

    private void expect(Action... expected) {
        assertThat(actions).containsExactly(expected);
        actions.clear();
    }

    private static CallOutcome outcome(OutcomeKind kind, Phase phase) {
        return new CallOutcome(
                kind, OptionalInt.empty(), OptionalInt.empty(), EndedBy.REMOTE, phase, false, "so it was", 0, 0);
    }
}
