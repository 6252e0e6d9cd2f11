package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.outcome.CallOutcome;

/**
 * What a run of a flow and its call came to.
 *
 * @param end why the run is over
 * @param why one sentence, empty where there is nothing to say
 * @param variables what it remembered at last
 * @param outcome what became of the call
 */
public record FlowResult(FlowEnd end, String why, Variables variables, CallOutcome outcome) {}
