package dev.outdial.dialer;

import dev.outdial.dialer.BridgeMachine.Action;
import dev.outdial.dialer.BridgeMachine.Event;
import dev.outdial.dialer.BridgeMachine.Side;
import dev.outdial.dialer.bridge.BridgeEvent;
import dev.outdial.dialer.bridge.BridgeOptions;
import dev.outdial.dialer.call.Voice;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two calls whose far ends hear each other, from when both are answered (or before, as the options say) until one of them ends or the bridge is closed. What is
 * played to one of them is heard by that one alone, over the other. Neither call is ended by it.
 *
 * <p><b>Threading:</b> any thread; nothing waits.
 */
public final class Bridge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

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
        CompletableFuture<?> ready =
                options.earlyMedia() ? call.voice() : call.leg().agreed();
        var unused = ready.thenRun(() -> handle(new Event.Ready(side)));
        var unusedToo = call.leg().ended().thenRun(() -> handle(new Event.Ended(side)));
    }

    private synchronized void handle(Event event) {
        BridgeMachine.Step step = BridgeMachine.step(state, event);
        state = step.next();
        step.actions().forEach(this::perform);
    }

    private void perform(Action action) {
        switch (action) {
            case JOIN -> join();
            case PART -> joined.ifPresent(Runnable::run);
            case TELL_JOINED -> listener.accept(new BridgeEvent.Joined());
            case TELL_FIRST_LEFT -> tellLeft(first);
            case TELL_SECOND_LEFT -> tellLeft(second);
            case TELL_CLOSED -> listener.accept(new BridgeEvent.Closed());
        }
    }

    private void join() {
        try {
            Voice.Joint made = first.voice().join().join(second.voice().join(), options.passingKeys());
            joined = Optional.of(made.apart());
            // It is told on a media loop, which waits for nobody.
            var unused = made.opened().thenRunAsync(() -> handle(new Event.Opened()), Thread::startVirtualThread);
        } catch (RuntimeException unable) {
            LOG.error("call={} cannot be bridged with call={}", first.id(), second.id(), unable);
            handle(new Event.Failed());
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
