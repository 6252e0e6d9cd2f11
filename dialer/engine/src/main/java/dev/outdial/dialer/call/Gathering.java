package dev.outdial.dialer.call;

import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.gather.GatherMachine;
import dev.outdial.dialer.gather.GatherRequest;
import dev.outdial.dialer.gather.GatherState;
import dev.outdial.dialer.gather.Gathered;
import dev.outdial.media.MediaEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One gathering of keys: carries out what {@link GatherMachine} decides. <b>Threading:</b> what {@link Gather} has, any thread; the rest
 * belongs to the call's mailbox.
 */
final class Gathering implements Gather {
    private final GatherRequest request;
    private final boolean prompted;
    private final Waiting waiting;
    private final Consumer<Gathering> canceller;
    private final Consumer<Gathered> listener;
    private final List<CompletableFuture<MediaEvent.Played>> prompt = new ArrayList<>();
    private final CompletableFuture<Gathered> result = new CompletableFuture<>();
    private volatile GatherMachine.State state;

    /** How a thread waits for something. */
    interface Waiting {
        void await(CompletableFuture<?> happening, Duration longest)
                throws InterruptedException, ExecutionException, TimeoutException;

        /** As long as it takes on everybody's clock. */
        static void plainly(CompletableFuture<?> happening, Duration longest)
                throws InterruptedException, ExecutionException, TimeoutException {
            if (longest.equals(Stage.FOR_EVER)) happening.get();
            else happening.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * One that has not begun.
     *
     * @param prompted whether something is played first
     * @param waiting how a thread waits
     * @param canceller has it cancelled on the mailbox
     * @param listener hears of its end, on the mailbox
     */
    Gathering(
            GatherRequest request,
            boolean prompted,
            Waiting waiting,
            Consumer<Gathering> canceller,
            Consumer<Gathered> listener) {
        this.request = request;
        this.prompted = prompted;
        this.waiting = waiting;
        this.canceller = canceller;
        this.listener = listener;
        this.state = GatherMachine.begin(request, prompted, 0);
    }

    GatherRequest request() {
        return request;
    }

    void begin(long nowNanos) {
        state = GatherMachine.begin(request, prompted, nowNanos);
    }

    /** A clip is part of the prompt. */
    void prompts(CompletableFuture<MediaEvent.Played> clip) {
        prompt.add(clip);
    }

    boolean isPrompt(CompletableFuture<MediaEvent.Played> clip) {
        return prompt.contains(clip);
    }

    boolean isPrompting() {
        return state() == GatherState.PROMPTING;
    }

    /** Whether the prompt was sent, as far as it was, and the machine does not know it yet. */
    boolean isPromptOver() {
        return isPrompting() && prompt.stream().allMatch(CompletableFuture::isDone);
    }

    boolean isDone() {
        return state() == GatherState.DONE;
    }

    /** Takes an event; true where the prompt is to be heard no longer. */
    boolean step(GatherMachine.Event event, long nowNanos) {
        GatherMachine.Step step = GatherMachine.step(state, event, nowNanos);
        state = step.next();
        return step.stopsPrompt();
    }

    OptionalLong nextDeadlineNanos() {
        return GatherMachine.nextDeadlineNanos(state);
    }

    /** Tells of the end, which has come. */
    void tell() {
        if (state instanceof GatherMachine.State.Done done) {
            listener.accept(done.result());
            result.complete(done.result());
        }
    }

    @Override
    public GatherState state() {
        return state.inWord();
    }

    @Override
    public String digits() {
        return state.digits();
    }

    @Override
    public Gathered await() throws InterruptedException {
        return await(Stage.FOR_EVER).orElseThrow();
    }

    @Override
    public Optional<Gathered> await(Duration longest) throws InterruptedException {
        try {
            waiting.await(result, longest);
            return Optional.of(result.join());
        } catch (TimeoutException stillGoingOn) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void cancel() {
        canceller.accept(this);
    }
}
