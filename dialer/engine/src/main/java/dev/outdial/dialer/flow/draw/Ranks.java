package dev.outdial.dialer.flow.draw;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Which box stands in which row, and which arrows go back up. A box stands below all that lead to it.
 *
 * @param row by box, from 0
 * @param goesBack by arrow
 */
record Ranks(int[] row, boolean[] goesBack) {
    static Ranks of(Graph graph) {
        return new Walk(graph).ranks();
    }

    private static final class Walk {
        private final Graph graph;
        private final List<List<Integer>> leaving = new ArrayList<>();
        private final boolean[] seen;
        private final boolean[] open;
        private final boolean[] goesBack;
        private final Deque<Integer> order = new ArrayDeque<>();

        Walk(Graph graph) {
            this.graph = graph;
            int count = graph.nodes().size();
            this.seen = new boolean[count];
            this.open = new boolean[count];
            this.goesBack = new boolean[graph.edges().size()];
            for (int i = 0; i < count; i++) leaving.add(new ArrayList<>());
            for (int e = 0; e < graph.edges().size(); e++) {
                leaving.get(graph.edges().get(e).from()).add(e);
            }
        }

        Ranks ranks() {
            for (int node = 0; node < seen.length; node++) {
                if (!seen[node]) visit(node);
            }
            int[] row = new int[seen.length];
            for (int node : order) {
                for (int e : leaving.get(node)) {
                    if (goesBack[e]) continue;
                    int to = graph.edges().get(e).to();
                    row[to] = Math.max(row[to], row[node] + 1);
                }
            }
            return new Ranks(row, goesBack);
        }

        /** Depth first; an arrow to a box that is not left yet goes back. */
        private void visit(int node) {
            seen[node] = true;
            open[node] = true;
            for (int e : leaving.get(node)) {
                int to = graph.edges().get(e).to();
                if (open[to]) goesBack[e] = true;
                else if (!seen[to]) visit(to);
            }
            open[node] = false;
            order.addFirst(node);
        }
    }
}
