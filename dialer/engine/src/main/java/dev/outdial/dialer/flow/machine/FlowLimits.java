package dev.outdial.dialer.flow.machine;

/**
 * What ends a flow that would not end by itself.
 *
 * @param executions how often one run of a flow may be gone on with: once when it begins, and once after each step that waited
 * @param steps how many steps in a row may be taken without waiting
 */
public record FlowLimits(int executions, int steps) {
    /** 100 executions and 1,000 steps. */
    public static final FlowLimits STANDARD = new FlowLimits(100, 1000);

    /** Refuses limits of nothing. */
    public FlowLimits {
        if (executions < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    executions + " executions, " + steps + " steps: 1 or more of each are expected");
        }
    }
}
