package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.DecisionAction.Branch;
import dev.outdial.dialer.flow.DecisionAction.Goto;
import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.NearestWord;
import dev.outdial.dialer.flow.json.FlowPlaces;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All rules, over a flow and those within it. */
final class Rules {
    private final FlowSurroundings surroundings;
    private final Told told = new Told();

    private Rules(FlowSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    static List<FlowFinding> check(PlacedFlow flow, FlowPlaces places, FlowSurroundings surroundings) {
        var rules = new Rules(surroundings);
        rules.check(flow);
        new VariableRule(flow, surroundings.variables(), rules.told).check(places.texts());
        return rules.told.list();
    }

    private void check(PlacedFlow flow) {
        if (flow.size() == 0) told.warning(flow.path(), "there is nothing to do here, and the call ends at once");
        var ways = new Ways(flow);
        checkTargets(flow);
        checkDecisions(flow);
        // Where a variable says where to go on, any action may come after any, with any keys.
        if (!ways.isOpen()) {
            checkReached(flow, ways);
            new DigitsRule(flow, ways, told).check();
            new LeftoverRule(flow, ways, told).check();
        }
        new LoopRule(flow, ways, surroundings.limits(), told).check();
        surroundings.media().ifPresent(media -> new MediaRule(flow, media, told).check());
        flow.inner().forEach(this::check);
    }

    private void checkTargets(PlacedFlow flow) {
        Set<String> ids = flow.flow().steps().stream().map(FlowStep::id).collect(Collectors.toSet());
        for (int i = 0; i < flow.size(); i++) {
            for (Target target : Target.of(flow, i)) {
                if (!ids.contains(target.id()) && !target.isOpen()) {
                    told.error(
                            target.path(),
                            "no action has the id " + Told.quoted(target.id()) + NearestWord.hint(ids, target.id()));
                }
            }
        }
    }

    private void checkDecisions(PlacedFlow flow) {
        for (int i = 0; i < flow.size(); i++) {
            if (flow.step(i).action() instanceof Goto jump && jump.loopCount() <= 0) {
                told.warning(
                        flow.option(i, "loop_count"),
                        "this goto is never taken: its loop_count is " + jump.loopCount()
                                + ", and 1 or more is expected");
            }
            if (flow.step(i).action() instanceof Branch branch
                    && branch.defaultTargetId().isEmpty()) {
                told.warning(
                        flow.option(i, "default_target_id"),
                        "there is none: any value that is not among target_ids ends the flow as failed");
            }
        }
    }

    private void checkReached(PlacedFlow flow, Ways ways) {
        BitSet reached = ways.reached();
        for (int i = reached.nextClearBit(0); i < flow.size(); i = reached.nextClearBit(i)) {
            int next = reached.nextSetBit(i);
            int end = next < 0 ? flow.size() : next;
            String more = end - i > 1 ? ", nor is what follows up to " + flow.path(end - 1) : "";
            told.warning(flow.path(i), "this action is never reached" + more);
            i = end;
        }
    }
}
