package dev.outdial.dialer.flow.draw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where arrows that go back run up along the right side: each in a lane, shorter ones further in. */
final class Lanes {
    private final Graph graph;
    private final Ranks ranks;
    private final int[] lane;
    private int count;

    Lanes(Graph graph, Ranks ranks) {
        this.graph = graph;
        this.ranks = ranks;
        this.lane = new int[graph.edges().size()];
        var back = new ArrayList<Integer>();
        for (int e = 0; e < lane.length; e++) {
            if (ranks.goesBack()[e]) back.add(e);
        }
        back.sort(Comparator.comparingInt(e -> lowest(e) - highest(e)));
        var placed = new ArrayList<Integer>();
        for (int e : back) {
            while (isTaken(placed, e)) lane[e]++;
            placed.add(e);
            count = Math.max(count, lane[e] + 1);
        }
    }

    private boolean isTaken(List<Integer> placed, int edge) {
        return placed.stream()
                .anyMatch(other ->
                        lane[other] == lane[edge] && highest(other) <= lowest(edge) && highest(edge) <= lowest(other));
    }

    /** The gap that it arrives through. */
    private int highest(int edge) {
        return ranks.row()[graph.edges().get(edge).to()];
    }

    /** The gap that it leaves through. */
    private int lowest(int edge) {
        return ranks.row()[graph.edges().get(edge).from()] + 1;
    }

    int of(int edge) {
        return lane[edge];
    }

    int count() {
        return count;
    }
}
