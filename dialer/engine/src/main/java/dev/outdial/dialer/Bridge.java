package dev.outdial.dialer;

import dev.outdial.dialer.bridge.BridgeEvent;
import dev.outdial.dialer.bridge.BridgeMachine;
import dev.outdial.dialer.bridge.BridgeMachine.Action;
import dev.outdial.dialer.bridge.BridgeMachine.Event;
import dev.outdial.dialer.bridge.BridgeMachine.Side;
import dev.outdial.dialer.bridge.BridgeOptions;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Two calls whose far ends hear each other, from when both are answered until one of them ends or the bridge is closed. What is
 * played to one of them is heard by that one alone, over the other. Neither call is ended by it.
 *
 * <p><b>Threading:</b> any thread; nothing waits.
 */
public final class Bridge implements AutoCloseable {
    private final Call first;
    private final Call second;
    private final BridgeOptions options;
    private final Consumer<BridgeEvent> listener;
    private BridgeMachine.State state = BridgeMachine.begin();
    private Optional<Runnable> joined = Optional.empty();

    /** @param listener hears every event in order; it only hands on */
    Bridge(Call first, Call second, BridgeOptions options, Consumer<BridgeEvent> listener) {
        this.first = first;
        this.second = second;
        this.options = options;
        this.listener = listener;
    }

    void begin() {
        follow(first, Side.FIRST);
        follow(second, Side.SECOND);
    }

    private void follow(Call call, Side side) {
        var unused = call.leg().agreed().thenRun(() -> handle(new Event.Answered(side)));
        var unusedToo = call.leg().ended().thenRun(() -> handle(new Event.Ended(side)));
    }

    private synchronized void handle(Event event) {
        BridgeMachine.Step step = BridgeMachine.step(state, event);
        state = step.next();
        step.actions().forEach(this::perform);
    }

    private void perform(Action action) {
        switch (action) {
            case JOIN -> joined = Optional.of(first.talk().join(second.talk(), options.passingKeys()));
            case PART -> joined.ifPresent(Runnable::run);
            case TELL_JOINED -> listener.accept(new BridgeEvent.Joined());
            case TELL_FIRST_LEFT -> tellLeft(first);
            case TELL_SECOND_LEFT -> tellLeft(second);
            case TELL_CLOSED -> listener.accept(new BridgeEvent.Closed());
        }
    }

    private void tellLeft(Call call) {
        listener.accept(new BridgeEvent.CallLeft(call.id(), call.leg().ended().join()));
    }

    /** Whether the far ends hear each other now. */
    public synchronized boolean isJoined() {
        return state instanceof BridgeMachine.State.Joined;
    }

    /** Takes the calls apart; both go on, and hear what is played to them, or silence. May be called again. */
    @Override
    public void close() {
        handle(new Event.Close());
    }
}
