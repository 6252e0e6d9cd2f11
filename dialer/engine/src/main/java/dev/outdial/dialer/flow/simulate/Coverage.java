package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a flow several simulations have run: its steps, and of each step with several ways on, those that were taken. Flows that are
 * written within it, for calls that it places, are counted too. What was fetched is not; steps are known by their ids.
 *
 * @param steps how many steps were run
 * @param ways how many ways on were taken
 * @param missing what was never reached, in the order of the flow
 */
public record Coverage(Share steps, Share ways, List<Missing> missing) {
    /**
     * Some of many.
     *
     * @param reached how many were reached
     * @param all of how many
     */
    public record Share(int reached, int all) {
        /** 0 to 100, rounded down; 100 where there is nothing to reach. */
        public int percent() {
            return all == 0 ? 100 : (int) (100L * reached / all);
        }
    }

    /**
     * Something that was never reached.
     *
     * @param path where it stands in the JSON
     * @param what which step, or which way on
     */
    public record Missing(String path, String what) {
        /** Both. */
        @Override
        public String toString() {
            return path + ": " + what;
        }
    }

    /** Copies what is missing. */
    public Coverage {
        missing = List.copyOf(missing);
    }

    /** What these runs of this flow have reached. */
    public static Coverage of(Flow flow, List<FlowSimulation> runs) {
        var count = new Count();
        count.add("actions", flow, runs);
        return new Coverage(
                new Share(count.stepsReached, count.steps), new Share(count.waysTaken, count.ways), count.missing);
    }

    /** Steps and ways together: 0 to 100, rounded down. */
    public int percent() {
        return new Share(steps.reached() + ways.reached(), steps.all() + ways.all()).percent();
    }

    /** Whether nothing is missing. */
    public boolean isFull() {
        return missing.isEmpty();
    }

    private static final class Count {
        private int steps;
        private int stepsReached;
        private int ways;
        private int waysTaken;
        private final List<Missing> missing = new ArrayList<>();

        void add(String path, Flow flow, List<FlowSimulation> runs) {
            Set<String> run = new HashSet<>();
            Set<TranscriptEvent.Decided> decided = new HashSet<>();
            for (FlowSimulation each : runs) {
                run.addAll(each.steps());
                decided.addAll(each.all(TranscriptEvent.Decided.class));
            }
            for (int i = 0; i < flow.steps().size(); i++) {
                FlowStep step = flow.steps().get(i);
                add(path + "[" + i + "]", step, run.contains(step.id()), decided);
                if (step.action() instanceof CallAction.PlaceCalls call
                        && call.flow() instanceof CallAction.FlowSource.Inline inline) {
                    add(path + "[" + i + "].option.actions", inline.flow(), placedBy(step, runs));
                }
            }
        }

        private void add(String path, FlowStep step, boolean reached, Set<TranscriptEvent.Decided> decided) {
            steps++;
            if (reached) stepsReached++;
            else missing.add(new Missing(path, step.type() + " \"" + step.id() + "\" never ran"));
            for (Map.Entry<String, String> way : Ways.of(step.action()).entrySet()) {
                ways++;
                if (decided.contains(new TranscriptEvent.Decided(step.id(), way.getKey()))) {
                    waysTaken++;
                } else {
                    String what = step.type() + " \"" + step.id() + "\" never went " + way.getKey();
                    missing.add(new Missing(path + "." + way.getValue(), what));
                }
            }
        }

        private static List<FlowSimulation> placedBy(FlowStep step, List<FlowSimulation> runs) {
            return runs.stream()
                    .flatMap(run -> run.placed().stream())
                    .filter(placed -> placed.stepId().equals(step.id()))
                    .map(FlowSimulation.Placed::run)
                    .toList();
        }
    }
}
