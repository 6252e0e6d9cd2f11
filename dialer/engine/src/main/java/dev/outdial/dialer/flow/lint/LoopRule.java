package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.DecisionAction.Goto;
import dev.outdial.dialer.flow.machine.FlowLimits;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Loops that nothing ends but the limits. */
final class LoopRule {
    /**
     * What leads round again without a key or a word from outside. A goto is used up in time; and a branch empties what it looks at, so
     * that it goes its default way the second time.
     */
    private static final Set<Edge.Kind> AGAIN_AND_AGAIN =
            EnumSet.of(Edge.Kind.NEXT, Edge.Kind.HOLDS, Edge.Kind.HOLDS_NOT, Edge.Kind.OTHER);

    private final PlacedFlow flow;
    private final Ways ways;
    private final FlowLimits limits;
    private final Told told;
    private final BitSet reached;

    LoopRule(PlacedFlow flow, Ways ways, FlowLimits limits, Told told) {
        this.flow = flow;
        this.ways = ways;
        this.limits = limits;
        this.told = told;
        this.reached = ways.reached();
    }

    void check() {
        checkEndless();
        for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
            if (flow.step(i).action() instanceof Goto jump && jump.loopCount() > 0) checkGoto(i, jump);
        }
    }

    private void checkEndless() {
        var told = new BitSet();
        for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
            if (told.get(i)) continue;
            BitSet loop = loop(i);
            if (loop.isEmpty()) continue;
            told.or(loop);
            tellOfEndless(loop);
        }
    }

    /** The steps that are on a way from a step back to it on which nothing waits. */
    private BitSet loop(int index) {
        BitSet after = endlesslyAfter(index);
        var loop = new BitSet();
        if (!after.get(index)) return loop;
        after.stream().filter(step -> endlesslyAfter(step).get(index)).forEach(loop::set);
        return loop;
    }

    private BitSet endlesslyAfter(int index) {
        return ways.after(
                index,
                (from, edge) -> AGAIN_AND_AGAIN.contains(edge.kind()) && !ways.waits(from) && !ways.waits(edge.to()));
    }

    private void tellOfEndless(BitSet loop) {
        boolean canEnd = loop.stream().anyMatch(step -> isLeft(step, loop));
        String steps = loop.stream().limit(6).mapToObj(flow::path).collect(Collectors.joining(", "))
                + (loop.cardinality() > 6 ? ", ..." : "");
        String where = flow.path(loop.nextSetBit(0));
        if (canEnd) {
            told.warning(
                    where,
                    "no action waits in the loop of " + steps + ": where its conditions do not end it, the limit of "
                            + limits.steps() + " steps does");
        } else {
            told.error(
                    where,
                    "no action waits in the loop of " + steps + ", and nothing ends it but the limit of "
                            + limits.steps() + " steps");
        }
    }

    /** Whether a condition may lead out of a loop; nothing else can lead there that has not done so the first time. */
    private boolean isLeft(int step, BitSet loop) {
        boolean decides = ways.from(step).stream()
                .anyMatch(edge -> edge.kind() == Edge.Kind.HOLDS_NOT || edge.kind() == Edge.Kind.HOLDS);
        long within =
                ways.from(step).stream().filter(edge -> loop.get(edge.to())).count();
        return decides && within < 2;
    }

    private void checkGoto(int index, Goto jump) {
        int target = flow.flow().indexOf(jump.targetId()).orElse(-1);
        if (target < 0) return;
        int[] still = distances(target, false);
        int[] waits = distances(target, true);
        long times = jump.loopCount();
        String path = flow.option(index, "loop_count");
        if (still[index] > 0) {
            String round = times + " times through " + still[index] + (still[index] == 1 ? " action" : " actions");
            if (times * still[index] > limits.steps()) {
                told.error(
                        path,
                        "no action waits in this loop: " + round + " is more than the limit of " + limits.steps()
                                + " steps");
            } else {
                told.warning(path, "no action need wait in this loop: " + round + " is done within a moment");
            }
        } else if (waits[index] > 0 && times * waits[index] >= limits.executions()) {
            told.warning(
                    path,
                    times
                            + " times through a loop that waits is more than a flow may: it is ended when it goes on for the "
                            + (limits.executions() + 1L) + "th time");
        }
    }

    /**
     * From a step to each: how many steps that is, both counted, by the shortest way on which none waits; or, otherwise, how many of
     * them wait at least. 0 where there is no way.
     */
    private int[] distances(int start, boolean waiting) {
        int[] distances = new int[flow.size()];
        Arrays.fill(distances, Integer.MAX_VALUE);
        var next = new ArrayDeque<Integer>();
        if (waiting || !ways.waits(start)) {
            distances[start] = cost(start, waiting);
            next.add(start);
        }
        while (!next.isEmpty()) {
            int at = next.remove();
            for (Edge edge : ways.from(at)) {
                if (!waiting && ways.waits(edge.to())) continue;
                int distance = distances[at] + cost(edge.to(), waiting);
                if (distance < distances[edge.to()]) {
                    distances[edge.to()] = distance;
                    // Ways without a cost first: each step is then settled the first time, or soon after.
                    if (cost(edge.to(), waiting) == 0) next.addFirst(edge.to());
                    else next.addLast(edge.to());
                }
            }
        }
        return Arrays.stream(distances).map(d -> d == Integer.MAX_VALUE ? 0 : d).toArray();
    }

    private int cost(int index, boolean waiting) {
        return !waiting || ways.waits(index) ? 1 : 0;
    }
}
