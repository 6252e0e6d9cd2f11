package dev.outdial.dialer.flow.draw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What stands in each row, from left to right: boxes, and the places where longer arrows pass. Finds an order with few crossings, and where all stand. */
final class Rows {
    private static final int APART = 28;
    private static final int PASSING_WIDTH = 14;
    private static final int SWEEPS = 8;
    private static final double STAYS = 1e6;

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
        untangle();
        for (List<Item> row : rows) pack(row);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            place(sweep % 2 == 0);
        }
        straighten();
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

    private static double mean(List<Item> items, ToDoubleFunction<Item> of, double otherwise) {
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

    /** Keeps the order with the fewest crossings, the author's own where none has fewer. */
    private void untangle() {
        List<List<Item>> best = copy();
        long fewest = crossings();
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            order(sweep % 2 == 0);
            long crossings = crossings();
            if (crossings < fewest) {
                fewest = crossings;
                best = copy();
            }
        }
        for (int row = 0; row < rows.size(); row++) {
            rows.set(row, best.get(row));
            for (int k = 0; k < rows.get(row).size(); k++) rows.get(row).get(k).place = k;
        }
    }

    private List<List<Item>> copy() {
        var copy = new ArrayList<List<Item>>();
        for (List<Item> row : rows) copy.add(new ArrayList<>(row));
        return copy;
    }

    private long crossings() {
        long crossings = 0;
        for (List<Item> row : rows) {
            for (int k = 0; k < row.size(); k++) {
                for (Item right : row.subList(k + 1, row.size())) crossings += crossings(row.get(k), right);
            }
        }
        return crossings;
    }

    private static long crossings(Item left, Item right) {
        long crossings = 0;
        for (Item a : left.below) {
            for (Item b : right.below) {
                if (a.place > b.place) crossings++;
            }
        }
        return crossings;
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
            place(row, item -> mean(down ? item.above : item.below, n -> n.x, item.x), item -> 1);
        }
    }

    /** Leads arrows straight down past the boxes, which stay. */
    private void straighten() {
        for (List<Item> row : rows) {
            place(
                    row,
                    item -> item.node < 0 ? mean(item.above, n -> n.x, item.x) : item.x,
                    item -> item.node < 0 ? 1 : STAYS);
        }
    }

    private static void place(List<Item> row, ToDoubleFunction<Item> wish, ToDoubleFunction<Item> weight) {
        double[] offset = new double[row.size()];
        var places = new NeverFalling(row.size());
        for (int k = 0; k < row.size(); k++) {
            if (k > 0) offset[k] = offset[k - 1] + apart(row.get(k - 1), row.get(k));
            places.add(wish.applyAsDouble(row.get(k)) - offset[k], weight.applyAsDouble(row.get(k)));
        }
        double[] found = places.found();
        for (int k = 0; k < row.size(); k++) row.get(k).x = found[k] + offset[k];
    }
}
