package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.Variables;
import java.util.Map;

/**
 * What a run of a flow knows, whatever it waits for.
 *
 * @param ours whether we placed the call
 * @param typedAhead whether {@link Variables#DIGITS} is a key that no step has looked at yet
 * @param lastOperation the number that was given last; 0 before the first
 * @param lastSeq the number of the last entry for the journal; 0 before the first
 * @param keptSeq up to which they are kept
 * @param executions how often it was gone on with
 * @param stepsInARow how many steps were taken since
 * @param background what goes on beside later steps, by its number: which step it belongs to
 */
record Memory(
        FlowLimits limits,
        boolean ours,
        boolean answered,
        Variables variables,
        boolean typedAhead,
        Frame frame,
        long lastOperation,
        long lastSeq,
        long keptSeq,
        int executions,
        int stepsInARow,
        Map<Long, FlowStep> background) {
    Memory {
        background = Map.copyOf(background);
    }
}
