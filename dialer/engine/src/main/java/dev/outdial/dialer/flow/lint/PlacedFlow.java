package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.CallAction.FlowSource;
import dev.outdial.dialer.flow.CallAction.PlaceCalls;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowStep;
import java.util.ArrayList;
import java.util.List;

/**
 * A flow and where its array of actions stands.
 *
 * @param path such as {@code actions}
 */
record PlacedFlow(Flow flow, String path) {
    int size() {
        return flow.steps().size();
    }

    FlowStep step(int index) {
        return flow.steps().get(index);
    }

    String path(int index) {
        return path + "[" + index + "]";
    }

    /** Where an option of an action stands, or would. */
    String option(int index, String name) {
        return path(index) + ".option." + name;
    }

    /** The flows that are written within its actions, not those within them. */
    List<PlacedFlow> inner() {
        List<PlacedFlow> inner = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (step(i).action() instanceof PlaceCalls calls && calls.flow() instanceof FlowSource.Inline written) {
                inner.add(new PlacedFlow(written.flow(), option(i, "actions")));
            }
        }
        return inner;
    }
}
