package dev.outdial.dialer;

import dev.outdial.dialer.call.EngineRoom;
import dev.outdial.dialer.call.HangUpReason;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.group.GroupEvent;
import dev.outdial.dialer.group.GroupMachine;
import dev.outdial.dialer.group.GroupMachine.Action;
import dev.outdial.dialer.group.GroupMachine.Event;
import dev.outdial.dialer.group.GroupPlan;
import dev.outdial.dialer.group.NobodyBecause;
import dev.outdial.dialer.outcome.CallOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several callees that are rung for one call: who picks up first takes it, the others are given up. Each member is a call of its own, with
 * its own request, permit and outcome.
 *
 * <p><b>Threading:</b> any thread, though not a listener's own. What waits is made for virtual threads.
 */
public final class CallGroup {
    private static final Logger LOG = LoggerFactory.getLogger(CallGroup.class);

    private final EngineRoom room;
    private final List<DialRequest> members;
    private final BiFunction<DialRequest, Consumer<CallEvent>, Call> dialling;
    private final Consumer<GroupEvent> listener;
    private final Queue<Event> events = new ArrayDeque<>();
    private CompletableFuture<Void> bell = new CompletableFuture<>();
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final List<Optional<Call>> calls;
    private GroupMachine.State state;

    /** What ringing a group came to. */
    public sealed interface Result {
        /**
         * One picked up first. The call can be spoken on, or may have ended since.
         *
         * @param member who, counted from 0 in the order of the requests
         */
        record Won(int member, Call call) implements Result {}

        /**
         * Nobody picked up, and all calls have ended.
         *
         * @param outcomes how, in the order of the requests; empty for who was not dialled
         */
        record Nobody(NobodyBecause why, List<Optional<CallOutcome>> outcomes) implements Result {}
    }

    /**
     * A group of which nobody was dialled yet.
     *
     * @param dialling places a call for a listener
     * @param listener hears every event in order; it only hands on
     */
    CallGroup(
            EngineRoom room,
            List<DialRequest> members,
            GroupPlan plan,
            BiFunction<DialRequest, Consumer<CallEvent>, Call> dialling,
            Consumer<GroupEvent> listener) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a group of nobody: one member or more is expected");
        }
        this.room = room;
        this.members = List.copyOf(members);
        this.dialling = dialling;
        this.listener = listener;
        this.calls = new ArrayList<>(
                members.stream().map(member -> Optional.<Call>empty()).toList());
        this.state = GroupMachine.start(plan, members.size());
    }

    /** Carries out what {@link GroupMachine} decides, until all calls have ended. On an application thread, which it keeps. */
    void run() {
        try {
            handle(new Event.Begin());
            while (!(state instanceof GroupMachine.State.Over)) {
                handle(next());
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt(); // the dialer has ended the calls
        } catch (RuntimeException | Error broken) {
            LOG.error("a promise of our own was broken: a group ends", broken);
        } finally {
            calls().forEach(call -> call.ifPresent(Call::hangUp));
            result.complete(new Result.Nobody(NobodyBecause.GIVEN_UP, outcomes()));
            over.complete(null);
        }
    }

    private Event next() throws InterruptedException {
        OptionalLong deadline = GroupMachine.nextDeadlineNanos(state);
        Optional<Event> event = posted();
        while (event.isEmpty()) {
            if (deadline.isEmpty()) {
                room.await(bell());
            } else {
                long left = deadline.getAsLong() - room.nanoClock().getAsLong();
                if (left <= 0) return new Event.Tick();
                room.await(bell(), Duration.ofNanos(left));
            }
            event = posted();
        }
        return event.get();
    }

    private void post(Event event) {
        CompletableFuture<Void> rung;
        synchronized (this) {
            events.add(event);
            rung = bell;
        }
        rung.complete(null); // out of the lock: whoever waits for it goes on
    }

    private synchronized Optional<Event> posted() {
        Optional<Event> next = Optional.ofNullable(events.poll());
        if (next.isEmpty()) bell = new CompletableFuture<>();
        return next;
    }

    /** Completes when an event is there. */
    private synchronized CompletableFuture<Void> bell() {
        return bell;
    }

    private void handle(Event event) {
        GroupMachine.Step step =
                GroupMachine.step(state, event, room.nanoClock().getAsLong());
        state = step.next();
        step.actions().forEach(this::perform);
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Dial dial -> dial(dial.member());
            case Action.End end ->
                call(end.member()).ifPresent(call -> call.leg().hangUp(reason(end.why())));
            case Action.TellWon won -> {
                Call call = call(won.member()).orElseThrow();
                result.complete(new Result.Won(won.member(), call));
                listener.accept(new GroupEvent.Won(won.member(), call.id()));
            }
            case Action.TellNobody nobody -> {
                result.complete(new Result.Nobody(nobody.why(), outcomes()));
                listener.accept(new GroupEvent.Nobody(nobody.why()));
            }
            case Action.TellOver told -> listener.accept(new GroupEvent.Over());
        }
    }

    private void dial(int member) {
        Call call;
        try {
            call = dialling.apply(members.get(member), event -> hear(member, event));
        } catch (IllegalStateException closing) {
            post(new Event.NotDialled(member));
            return;
        }
        synchronized (this) {
            calls.set(member, Optional.of(call));
        }
        var unused = call.leg().agreed().thenRun(() -> post(new Event.Answered(member)));
        var unusedToo = call.leg().ended().thenAccept(outcome -> post(new Event.Ended(member, outcome)));
    }

    private void hear(int member, CallEvent event) {
        if (event instanceof CallEvent.Sent) {
            post(new Event.Sent(member));
        }
        if (!over.isDone()) listener.accept(new GroupEvent.OfMember(member, event));
    }

    private static HangUpReason reason(GroupMachine.Why why) {
        return switch (why) {
            case ANSWERED_ELSEWHERE -> HangUpReason.ANSWERED_ELSEWHERE;
            case TIME_OVER -> HangUpReason.RING_TIMEOUT;
            case GIVEN_UP -> HangUpReason.REQUESTED;
        };
    }

    private synchronized Optional<Call> call(int member) {
        return calls.get(member);
    }

    /** The calls of the members, in the order of the requests; empty for who was not dialled, yet or at all. */
    public synchronized List<Optional<Call>> calls() {
        return List.copyOf(calls);
    }

    /** How the calls of the members ended, in the order of the requests; empty for what goes on, and for who was not dialled. */
    public List<Optional<CallOutcome>> outcomes() {
        return calls().stream()
                .map(call -> call.flatMap(
                        dialled -> Optional.ofNullable(dialled.leg().ended().getNow(null))))
                .toList();
    }

    /** Waits until somebody picks up, or it is certain that nobody will and all calls have ended. */
    public Result awaitWinner() throws InterruptedException {
        return waitedFor(result);
    }

    /** Waits until all calls have ended and are settled, the winner's too; gives what {@link #outcomes} does. */
    public List<Optional<CallOutcome>> awaitEnd() throws InterruptedException {
        waitedFor(over);
        return outcomes();
    }

    private <T> T waitedFor(CompletableFuture<T> awaited) throws InterruptedException {
        room.await(awaited);
        return awaited.join();
    }

    /** Ends all calls of the group, the winner's too, and dials nobody else. Returns at once; doing it twice does no harm. */
    public void hangUp() {
        post(new Event.HangUp());
    }

    /** Nobody else is dialled; who was, goes on. */
    void dialNoMore() {
        post(new Event.NoMoreDialling());
    }

    /** Completes when all calls have ended. */
    CompletableFuture<Void> over() {
        return over;
    }
}
