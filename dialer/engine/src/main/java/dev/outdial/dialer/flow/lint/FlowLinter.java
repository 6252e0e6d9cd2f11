package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.json.FlowPlaces;
import dev.outdial.dialer.flow.json.FlowReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a flow for what is wrong with it, and for what can be done but hardly is meant. Runs nothing and asks nobody. <b>Threading:</b>
 * any.
 */
public final class FlowLinter {
    private FlowLinter() {}

    /**
     * All there is to say of a flow, in the order of its JSON: what {@link FlowReader} finds, and, where the flow can be read, targets that
     * do not exist, loops that nothing ends, keys that cannot be pressed where they are looked for, actions that are never reached, files
     * that are missing and variables that nobody sets.
     *
     * @param json a flow as the reader takes it
     */
    public static List<FlowFinding> check(String json, FlowSurroundings surroundings) {
        FlowReader.Examined examined = FlowReader.examine(json);
        if (examined.flow().isEmpty()) return examined.findings();
        var findings = new ArrayList<>(examined.findings());
        FlowPlaces places = FlowPlaces.of(json);
        Flow flow = examined.flow().get();
        findings.addAll(Rules.check(new PlacedFlow(flow, "actions"), places, surroundings));
        return places.inOrder(findings);
    }

    /** The same of a flow on its own. */
    public static List<FlowFinding> check(String json) {
        return check(json, FlowSurroundings.NONE);
    }
}
