package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.gather.GatherMachine;
import java.util.OptionalLong;

/** What ends with time. */
final class Timers {
    private Timers() {}

    /** When something does next. */
    static OptionalLong nextDeadlineNanos(Phase phase) {
        return switch (phase) {
            case Phase.Collecting p -> OptionalLong.of(p.deadlineNanos());
            case Phase.Gathering p -> GatherMachine.nextDeadlineNanos(p.gathering());
            case Phase.AwaitingOptOut p -> OptionalLong.of(p.deadlineNanos());
            case Phase.Sleeping p -> OptionalLong.of(p.deadlineNanos());
            case Phase.Echoing p -> OptionalLong.of(p.deadlineNanos());
            case Phase.AwaitingRecord p -> OptionalLong.empty();
            case Phase.Answering p -> OptionalLong.empty();
            case Phase.Sounding p -> OptionalLong.empty();
            case Phase.Waiting p -> OptionalLong.empty();
            case Phase.OfferingOptOut p -> OptionalLong.empty();
            case Phase.NotingOptOut p -> OptionalLong.empty();
            case Phase.OptingOut p -> OptionalLong.empty();
            case Phase.ConfirmingOptOut p -> OptionalLong.empty();
            case Phase.Over p -> OptionalLong.empty();
        };
    }

    /** Some time has passed. */
    static Onward passed(Turn turn, Phase phase) {
        return switch (phase) {
            case Phase.Collecting p when turn.isDue(p.deadlineNanos()) -> Keys.received(turn, p.step(), p.wanted());
            case Phase.Collecting p -> Onward.waitIn(p);
            case Phase.Gathering p -> Keys.gathered(turn, p, new GatherMachine.Event.Tick());
            case Phase.AwaitingOptOut p when turn.isDue(p.deadlineNanos()) -> OptingOut.notPressed(turn, p);
            case Phase.AwaitingOptOut p -> Onward.waitIn(p);
            case Phase.Sleeping p -> turn.isDue(p.deadlineNanos()) ? Onward.NEXT : Onward.waitIn(p);
            case Phase.Echoing p
            when turn.isDue(p.deadlineNanos()) -> {
                turn.command(new FlowCommand.StopEcho());
                yield Onward.NEXT;
            }
            case Phase.Echoing p -> Onward.waitIn(p);
            case Phase.AwaitingRecord p -> Onward.waitIn(p);
            case Phase.Answering p -> Onward.waitIn(p);
            case Phase.Sounding p -> Onward.waitIn(p);
            case Phase.Waiting p -> Onward.waitIn(p);
            case Phase.OfferingOptOut p -> Onward.waitIn(p);
            case Phase.NotingOptOut p -> Onward.waitIn(p);
            case Phase.OptingOut p -> Onward.waitIn(p);
            case Phase.ConfirmingOptOut p -> Onward.waitIn(p);
            case Phase.Over p -> Onward.waitIn(p);
        };
    }
}
