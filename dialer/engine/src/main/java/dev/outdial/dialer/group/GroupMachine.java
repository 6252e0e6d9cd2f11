package dev.outdial.dialer.group;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whom of a group to ring when, and who picked up first. Pure: events and time are arguments, what is to be done comes back as actions.
 * One member wins at most; everybody else who was dialled is told to end once, whatever crosses that.
 */
public final class GroupMachine {
    private GroupMachine() {}

    /** How far one member is. */
    public sealed interface Member {
        /** Not dialled. */
        record Waiting() implements Member {}

        /** Dialled and neither answered nor ended; until then, where its ring time runs. */
        record Dialled(OptionalLong deadlineNanos) implements Member {}

        /** Told to end, or taken as the winner, and not ended yet. */
        record Leaving() implements Member {}

        /** Ended, or never to be dialled. */
        record Gone() implements Member {}
    }

    /** How far the group is. */
    public sealed interface State {
        /** Nobody picked up yet. */
        record Ringing(GroupPlan plan, List<Member> members, OptionalLong deadlineNanos) implements State {}

        /** One picked up first. */
        record Taken(int winner, List<Member> members) implements State {}

        /** Nobody will pick up any more, and not all calls have ended. */
        record Lost(NobodyBecause why, List<Member> members) implements State {}

        /** All calls have ended. */
        record Over() implements State {}
    }

    /** What happens to it. Members are counted from 0. */
    public sealed interface Event {
        record Begin() implements Event {}

        /** The member's INVITE was handed to the wire. */
        record Sent(int member) implements Event {}

        record Answered(int member) implements Event {}

        record Ended(int member, CallOutcome outcome) implements Event {}

        /** The member could not be dialled, since nobody may be any more. */
        record NotDialled(int member) implements Event {}

        /** Its owner hangs up, whoever picked up. */
        record HangUp() implements Event {}

        /** Nobody may be dialled from now on; who is dialled already goes on. */
        record NoMoreDialling() implements Event {}

        record Tick() implements Event {}
    }

    /** Why a member's call is ended. */
    public enum Why {
        ANSWERED_ELSEWHERE,
        TIME_OVER,
        GIVEN_UP
    }

    /** What is to be done about it. */
    public sealed interface Action {
        record Dial(int member) implements Action {}

        record End(int member, Why why) implements Action {}

        record TellWon(int member) implements Action {}

        /** All calls have ended, and nobody picked up. */
        record TellNobody(NobodyBecause why) implements Action {}

        /** All calls have ended. */
        record TellOver() implements Action {}
    }

    /** The next state, and what is to be done on the way, in order. */
    public record Step(State next, List<Action> actions) {
        /** Copies the actions. */
        public Step {
            actions = List.copyOf(actions);
        }
    }

    /** Of so many members nobody was dialled yet; {@link Event.Begin} does that. */
    public static State start(GroupPlan plan, int members) {
        return new State.Ringing(plan, Collections.nCopies(members, new Member.Waiting()), OptionalLong.empty());
    }

    /** What an event leads to. */
    public static Step step(State state, Event event, long nowNanos) {
        return switch (state) {
            case State.Ringing s -> whileRinging(s, event, nowNanos);
            case State.Taken s -> whileTaken(s, event);
            case State.Lost s -> whileLost(s, event);
            case State.Over s -> new Step(s, List.of());
        };
    }

    /** When {@link Event.Tick} is due next. */
    public static OptionalLong nextDeadlineNanos(State state) {
        OptionalLong next = OptionalLong.empty();
        if (state instanceof State.Ringing ringing) {
            next = ringing.deadlineNanos();
            for (Member member : ringing.members()) {
                if (member instanceof Member.Dialled dialled) next = earlier(next, dialled.deadlineNanos());
            }
        }
        return next;
    }

    private static OptionalLong earlier(OptionalLong a, OptionalLong b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isPresent() ? a : b;
        }
        return a.getAsLong() - b.getAsLong() <= 0 ? a : b;
    }

    private static Step whileRinging(State.Ringing s, Event event, long now) {
        return switch (event) {
            case Event.Begin e ->
                dialNext(new State.Ringing(
                        s.plan(),
                        s.members(),
                        OptionalLong.of(now + s.plan().ringInAll().toNanos())));
            case Event.Sent e
            when isDialled(s, e.member()) ->
                stay(s.plan(), with(s, e.member(), new Member.Dialled(ringDeadline(s.plan(), now))), s.deadlineNanos());
            case Event.Sent e -> new Step(s, List.of());
            case Event.Answered e when isDialled(s, e.member()) -> taken(s, e.member());
            // It was told to end already, and ends however its answer crossed that.
            case Event.Answered e -> new Step(s, List.of());
            case Event.Ended e -> ended(s, e);
            case Event.NotDialled e ->
                dialNext(new State.Ringing(s.plan(), with(s, e.member(), new Member.Gone()), s.deadlineNanos()));
            case Event.HangUp e -> lost(s, NobodyBecause.GIVEN_UP, Why.GIVEN_UP);
            case Event.NoMoreDialling e ->
                dialNext(new State.Ringing(s.plan(), withoutWaiting(s.members()), s.deadlineNanos()));
            case Event.Tick e when isOver(s.deadlineNanos(), now) -> lost(s, NobodyBecause.TIME_OVER, Why.TIME_OVER);
            case Event.Tick e -> tick(s, now);
        };
    }

    private static Step whileTaken(State.Taken s, Event event) {
        return switch (event) {
            case Event.Ended e -> gone(s, e.member());
            case Event.NotDialled e -> gone(s, e.member());
            case Event.HangUp e -> new Step(s, endAll(s.members(), Why.GIVEN_UP));
            // Whoever else picks up was told to end when the first one did.
            case Event.Answered e -> new Step(s, List.of());
            case Event.Begin e -> new Step(s, List.of());
            case Event.Sent e -> new Step(s, List.of());
            case Event.NoMoreDialling e -> new Step(s, List.of());
            case Event.Tick e -> new Step(s, List.of());
        };
    }

    private static Step whileLost(State.Lost s, Event event) {
        return switch (event) {
            case Event.Ended e -> gone(s, e.member());
            case Event.NotDialled e -> gone(s, e.member());
            case Event.Answered e -> new Step(s, List.of());
            case Event.HangUp e -> new Step(s, List.of());
            case Event.Begin e -> new Step(s, List.of());
            case Event.Sent e -> new Step(s, List.of());
            case Event.NoMoreDialling e -> new Step(s, List.of());
            case Event.Tick e -> new Step(s, List.of());
        };
    }

    private static Step gone(State.Taken s, int member) {
        List<Member> left = replaced(s.members(), member, new Member.Gone());
        return allGone(left)
                ? new Step(new State.Over(), List.of(new Action.TellOver()))
                : new Step(new State.Taken(s.winner(), left), List.of());
    }

    private static Step gone(State.Lost s, int member) {
        return waitForEnds(s.why(), replaced(s.members(), member, new Member.Gone()), List.of());
    }

    private static Step taken(State.Ringing s, int winner) {
        // The winner's call is ended with the group, like any other that is not over yet.
        List<Member> others = replaced(s.members(), winner, new Member.Gone());
        List<Action> actions = new ArrayList<>(endAll(others, Why.ANSWERED_ELSEWHERE));
        actions.add(new Action.TellWon(winner));
        return new Step(new State.Taken(winner, replaced(leaving(others), winner, new Member.Leaving())), actions);
    }

    private static Step ended(State.Ringing s, Event.Ended e) {
        State.Ringing left = new State.Ringing(s.plan(), with(s, e.member(), new Member.Gone()), s.deadlineNanos());
        boolean wasFree = s.plan().order() == GroupPlan.Order.FIRST_FREE && rang(e.outcome());
        return wasFree ? lost(left, NobodyBecause.ALL_ENDED, Why.GIVEN_UP) : dialNext(left);
    }

    /** Whether it was free, by the words of whoever could be reached. */
    private static boolean rang(CallOutcome outcome) {
        return outcome.kind() != OutcomeKind.BUSY && outcome.phase().compareTo(Phase.RINGING) >= 0;
    }

    private static Step tick(State.Ringing s, long now) {
        List<Member> members = new ArrayList<>(s.members());
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i) instanceof Member.Dialled dialled && isOver(dialled.deadlineNanos(), now)) {
                members.set(i, new Member.Leaving());
                actions.add(new Action.End(i, Why.TIME_OVER));
            }
        }
        Step next = dialNext(new State.Ringing(s.plan(), members, s.deadlineNanos()));
        actions.addAll(next.actions());
        return new Step(next.next(), actions);
    }

    /** Dials whose turn it is; where it is nobody's any more, the group is lost. */
    private static Step dialNext(State.Ringing s) {
        List<Member> members = new ArrayList<>(s.members());
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < members.size() && mayDial(s.plan(), members); i++) {
            if (members.get(i) instanceof Member.Waiting) {
                members.set(i, new Member.Dialled(OptionalLong.empty()));
                actions.add(new Action.Dial(i));
            }
        }
        return isHunting(s.plan(), members)
                ? new Step(new State.Ringing(s.plan(), List.copyOf(members), s.deadlineNanos()), actions)
                : waitForEnds(NobodyBecause.ALL_ENDED, members, actions);
    }

    private static boolean mayDial(GroupPlan plan, List<Member> members) {
        return switch (plan.order()) {
            case ALL_AT_ONCE -> true;
            case ONE_AFTER_ANOTHER, FIRST_FREE -> !isHunting(plan, members);
        };
    }

    /** Whether somebody who was dialled decides how it goes on; of whose time is over it is the end that tells whether it rang. */
    private static boolean isHunting(GroupPlan plan, List<Member> members) {
        return members.stream()
                .anyMatch(member -> member instanceof Member.Dialled
                        || member instanceof Member.Leaving && plan.order() == GroupPlan.Order.FIRST_FREE);
    }

    private static Step lost(State.Ringing s, NobodyBecause because, Why why) {
        return waitForEnds(because, leaving(s.members()), endAll(s.members(), why));
    }

    private static Step waitForEnds(NobodyBecause why, List<Member> members, List<Action> before) {
        if (!allGone(members)) {
            return new Step(new State.Lost(why, List.copyOf(members)), before);
        }
        List<Action> actions = new ArrayList<>(before);
        actions.add(new Action.TellNobody(why));
        actions.add(new Action.TellOver());
        return new Step(new State.Over(), actions);
    }

    private static Step stay(GroupPlan plan, List<Member> members, OptionalLong deadlineNanos) {
        return new Step(new State.Ringing(plan, members, deadlineNanos), List.of());
    }

    private static OptionalLong ringDeadline(GroupPlan plan, long now) {
        Optional<Duration> each = plan.ringEach();
        return each.isPresent() ? OptionalLong.of(now + each.get().toNanos()) : OptionalLong.empty();
    }

    private static boolean isOver(OptionalLong deadlineNanos, long now) {
        return deadlineNanos.isPresent() && now - deadlineNanos.getAsLong() >= 0;
    }

    private static List<Action> endAll(List<Member> members, Why why) {
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            switch (members.get(i)) {
                case Member.Dialled dialled -> actions.add(new Action.End(i, why));
                // Told before, which is enough but for the winner; telling twice does no harm.
                case Member.Leaving leaving -> actions.add(new Action.End(i, why));
                case Member.Waiting waiting -> {}
                case Member.Gone gone -> {}
            }
        }
        return actions;
    }

    private static List<Member> leaving(List<Member> members) {
        return members.stream().map(GroupMachine::leaving).toList();
    }

    private static Member leaving(Member member) {
        return switch (member) {
            case Member.Waiting m -> new Member.Gone();
            case Member.Dialled m -> new Member.Leaving();
            case Member.Leaving m -> m;
            case Member.Gone m -> m;
        };
    }

    private static List<Member> withoutWaiting(List<Member> members) {
        return members.stream()
                .map(member -> member instanceof Member.Waiting ? new Member.Gone() : member)
                .toList();
    }

    private static boolean isDialled(State.Ringing s, int member) {
        return s.members().get(member) instanceof Member.Dialled;
    }

    private static boolean allGone(List<Member> members) {
        return members.stream().allMatch(Member.Gone.class::isInstance);
    }

    private static List<Member> with(State.Ringing s, int index, Member member) {
        return replaced(s.members(), index, member);
    }

    private static List<Member> replaced(List<Member> members, int index, Member member) {
        List<Member> changed = new ArrayList<>(members);
        changed.set(index, member);
        return List.copyOf(changed);
    }
}
