package dev.outdial.dialer;

import dev.outdial.dialer.BridgedTransferMachine.Action;
import dev.outdial.dialer.BridgedTransferMachine.Event;
import dev.outdial.dialer.BridgedTransferMachine.State;
import dev.outdial.dialer.call.Talk;
import java.util.concurrent.CompletableFuture;

/** Carries out what {@link BridgedTransferMachine} decides. <b>Threading:</b> any thread; nothing waits. */
final class BridgedTransfer {
    private final Call first;
    private final Call third;
    private final Bridge bridge;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private State state = State.DIALLING;

    /**
     * @param third is being dialled
     * @param bridge of the two; it joins them by itself
     */
    BridgedTransfer(Call first, Call third, Bridge bridge) {
        this.first = first;
        this.third = third;
        this.bridge = bridge;
    }

    /** Goes on by itself from now on, to the end of both calls; completes with what dialling came to, never where the first ends before. */
    CompletableFuture<Answer> begin() {
        var unused = third.leg().agreed().thenRun(() -> handle(Event.THIRD_ANSWERED));
        unused = third.leg().ended().thenRun(() -> handle(Event.THIRD_ENDED));
        unused = first.leg().ended().thenRun(() -> handle(Event.FIRST_ENDED));
        return answer;
    }

    /** Nobody waits for the answer any more: without one, the third is given up and the first goes on. */
    void giveUp() {
        handle(Event.GIVEN_UP);
    }

    private synchronized void handle(Event event) {
        BridgedTransferMachine.Step step = BridgedTransferMachine.step(state, event);
        state = step.next();
        step.actions().forEach(this::perform);
    }

    private void perform(Action action) {
        switch (action) {
            case STOP_MUSIC -> {
                var unused = first.leg().placed().thenAccept(Talk::stopMusic);
            }
            case TELL -> answer.complete(third.answerSoFar());
            case PART -> bridge.close();
            case HANG_UP_FIRST -> first.hangUp();
            case HANG_UP_THIRD -> third.hangUp();
        }
    }
}
