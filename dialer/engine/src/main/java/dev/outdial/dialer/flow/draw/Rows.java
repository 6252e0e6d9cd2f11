package dev.outdial.dialer.flow.draw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What stands in each row, from left to right: boxes, and the places where longer arrows pass. Finds an order with few crossings, and where all stand. */
final class Rows {
    private static final int APART = 28;
    private static final int PASSING_WIDTH = 14;
    private static final int SWEEPS = 8;

    /** A box, or a place where an arrow passes. */
    static final class Item {
        /** Which box; -1 where an arrow passes. */
        final int node;

        final int row;
        final int width;
        final List<Item> above = new ArrayList<>();
        final List<Item> below = new ArrayList<>();
        /** Its middle. */
        double x;

        private int place;

        Item(int node, int row, int width) {
            this.node = node;
            this.row = row;
            this.width = width;
        }
    }

    private final List<List<Item>> rows = new ArrayList<>();
    private final Item[] boxes;
    private final List<List<Item>> chains = new ArrayList<>();

    Rows(Graph graph, Ranks ranks, int[] widths) {
        boxes = new Item[widths.length];
        for (int node = 0; node < boxes.length; node++) boxes[node] = add(node, ranks.row()[node], widths[node]);
        for (int e = 0; e < graph.edges().size(); e++) {
            chains.add(ranks.goesBack()[e] ? List.of() : chain(graph.edges().get(e)));
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            order(sweep % 2 == 0);
        }
        for (List<Item> row : rows) pack(row);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            place(sweep % 2 == 0);
        }
        double left = rows.stream()
                .mapToDouble(row -> row.getFirst().x - row.getFirst().width / 2.0)
                .min()
                .orElse(0);
        for (List<Item> row : rows) {
            for (Item item : row) item.x = Math.round(item.x - left);
        }
    }

    int count() {
        return rows.size();
    }

    Item box(int node) {
        return boxes[node];
    }

    /** What an arrow that goes down leads along, its boxes included; none for one that goes back. */
    List<Item> chain(int edge) {
        return chains.get(edge);
    }

    /** How wide it all is. */
    int width() {
        return (int) Math.ceil(rows.stream()
                .mapToDouble(row -> row.getLast().x + row.getLast().width / 2.0)
                .max()
                .orElse(0));
    }

    private Item add(int node, int row, int width) {
        while (rows.size() <= row) rows.add(new ArrayList<>());
        var item = new Item(node, row, width);
        item.place = rows.get(row).size();
        rows.get(row).add(item);
        return item;
    }

    private List<Item> chain(Graph.Edge edge) {
        var chain = new ArrayList<Item>();
        chain.add(boxes[edge.from()]);
        for (int row = boxes[edge.from()].row + 1; row < boxes[edge.to()].row; row++) {
            chain.add(add(-1, row, PASSING_WIDTH));
        }
        chain.add(boxes[edge.to()]);
        for (int i = 1; i < chain.size(); i++) {
            chain.get(i - 1).below.add(chain.get(i));
            chain.get(i).above.add(chain.get(i - 1));
        }
        return chain;
    }

    private static double mean(List<Item> items, java.util.function.ToDoubleFunction<Item> of, double otherwise) {
        return items.stream().mapToDouble(of).average().orElse(otherwise);
    }

    /** Has each follow the places of its neighbours. */
    private void order(boolean down) {
        for (int i = 0; i < rows.size(); i++) {
            List<Item> row = rows.get(down ? i : rows.size() - 1 - i);
            var sorted = new ArrayList<>(row);
            sorted.sort(
                    Comparator.comparingDouble(item -> mean(down ? item.above : item.below, n -> n.place, item.place)));
            row.clear();
            for (Item item : sorted) {
                item.place = row.size();
                row.add(item);
            }
        }
    }

    private static double apart(Item left, Item right) {
        return left.width / 2.0 + right.width / 2.0 + APART;
    }

    private static void pack(List<Item> row) {
        for (int i = 1; i < row.size(); i++) row.get(i).x = row.get(i - 1).x + apart(row.get(i - 1), row.get(i));
    }

    /** Moves each as near to the middle of its neighbours as the others of its row let it. */
    private void place(boolean down) {
        for (int i = 0; i < rows.size(); i++) {
            List<Item> row = rows.get(down ? i : rows.size() - 1 - i);
            double[] offset = new double[row.size()];
            double[] wish = new double[row.size()];
            for (int k = 0; k < row.size(); k++) {
                Item item = row.get(k);
                if (k > 0) offset[k] = offset[k - 1] + apart(row.get(k - 1), item);
                wish[k] = mean(down ? item.above : item.below, n -> n.x, item.x) - offset[k];
            }
            double[] found = neverFalling(wish);
            for (int k = 0; k < row.size(); k++) row.get(k).x = found[k] + offset[k];
        }
    }

    /** The numbers nearest to these, by least squares, of which none is less than the one before: neighbours that are not are averaged. */
    private static double[] neverFalling(double[] wish) {
        double[] sum = new double[wish.length];
        int[] count = new int[wish.length];
        int blocks = 0;
        for (double each : wish) {
            sum[blocks] = each;
            count[blocks++] = 1;
            while (blocks > 1 && sum[blocks - 2] / count[blocks - 2] > sum[blocks - 1] / count[blocks - 1]) {
                blocks--;
                sum[blocks - 1] += sum[blocks];
                count[blocks - 1] += count[blocks];
            }
        }
        double[] found = new double[wish.length];
        int at = 0;
        for (int b = 0; b < blocks; b++) {
            for (int k = 0; k < count[b]; k++) found[at++] = sum[b] / count[b];
        }
        return found;
    }
}
