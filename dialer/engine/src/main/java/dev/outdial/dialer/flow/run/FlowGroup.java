package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.outcome.CallOutcome;
import java.util.List;
import java.util.Optional;

/**
 * Several callees that are rung for a flow; each is a call of its own, with its own request, permit and outcome. Members are counted from 0,
 * in the order of the requests. <b>Threading:</b> any; what waits is made for virtual threads.
 */
public sealed interface FlowGroup permits EachRuns, FirstRuns {
    /** Hears what happens to the flow of a member. */
    @FunctionalInterface
    interface Listener {
        /** Called on a thread of its own, one after the other for each member; what comes meanwhile waits. */
        void heard(int member, FlowHappening happening);
    }

    /** The calls of the members; empty for who was not dialled, yet or at all. */
    List<Optional<Call>> calls();

    /** The calls in which the flow runs, or ran, of those who answered so far. */
    List<FlowCall> flowCalls();

    /**
     * Waits until somebody has answered, or nobody will any more.
     *
     * @return the first who did: with {@link AnswerMethod#HANGUP_OTHERS} the only one; empty where nobody did
     */
    Optional<FlowCall> awaitWinner() throws InterruptedException;

    /** Waits until all calls are over; gives how, and empty for who was not dialled. */
    List<Optional<CallOutcome>> awaitEnd() throws InterruptedException;

    /** Ends all calls and dials nobody else. Returns at once; doing it twice does no harm. */
    void hangUp();
}
