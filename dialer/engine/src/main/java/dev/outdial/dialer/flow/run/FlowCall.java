package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowEvent;
import java.time.Duration;
import java.util.Optional;

/**
 * A call in which a flow runs. When the flow is over it hangs up; when the call is over, so is the flow.
 *
 * <p><b>Threading:</b> any, but {@link #awaitEnd} not on the thread of the flow's listener, which it waits for. An interrupt ends the waiting
 * and nothing else: the flow goes on.
 */
public final class FlowCall {
    private final Call call;
    private final FlowRun run;
    private final Backstage backstage;
    private final Runnable answer;

    FlowCall(Call call, FlowRun run, Backstage backstage, Runnable answer) {
        this.call = call;
        this.run = run;
        this.backstage = backstage;
        this.answer = answer;
    }

    /**
     * The call itself. What is said or done with it goes beside the flow, which does not move by it: words are heard after those of the flow
     * that are heard already, and {@link Call#stopPlaying} ends the flow's too. Only its end is the flow's.
     */
    public Call call() {
        return call;
    }

    /** The Call-ID of the call. */
    public String id() {
        return call.id();
    }

    /** What the flow remembers now; nothing before it begins. */
    public Variables variables() {
        return run.variables();
    }

    /** What run and call came to; empty while they go on. */
    public Optional<FlowResult> result() {
        return run.result().isCompletedExceptionally()
                ? Optional.empty()
                : Optional.ofNullable(run.result().getNow(null));
    }

    /**
     * Waits until flow and call are over, and the listener has heard so.
     *
     * @throws IllegalStateException if the dialer was closed before the call could end
     */
    public FlowResult awaitEnd() throws InterruptedException {
        backstage.await(run.result().handle((result, trouble) -> true));
        return over();
    }

    /** The same for that long at most; empty where they still go on. */
    public Optional<FlowResult> awaitEnd(Duration longest) throws InterruptedException {
        backstage.await(run.result().handle((result, trouble) -> true), longest);
        return run.result().isDone() ? Optional.of(over()) : Optional.empty();
    }

    private FlowResult over() {
        if (run.result().isCompletedExceptionally()) {
            throw new IllegalStateException("the dialer was closed under the flow of call " + call.id());
        }
        return run.result().join();
    }

    /** Answers a call to us that nobody has answered yet, in the flow's stead; it goes on. Does nothing to a call that we placed. */
    public void answer() {
        answer.run();
    }

    /** Ends the flow and its call, answered or not. Returns at once; doing it twice does no harm. */
    public void cancel() {
        run.put(new FlowEvent.Cancel());
    }
}
