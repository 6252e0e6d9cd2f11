package dev.outdial.dialer.flow.draw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where everything of a picture is, in pixels from the upper left corner: boxes in rows, arrows down between them, and arrows back up along
 * the right side. The same flow comes to the same picture.
 */
final class Layout {
    static final int TITLE_SIZE = 12;
    /** Bold letters are as wide as plain ones of this size. */
    private static final int BOLD_SIZE = 13;

    static final int DETAIL_SIZE = 11;
    static final int LABEL_SIZE = 11;
    static final int LINE_HEIGHT = 15;
    private static final int MARGIN = 24;
    private static final int BOX_WIDTH = 230;
    private static final int PADDING = 10;
    private static final int DETAIL_LINES = 3;
    private static final int LONGEST_LABEL = 120;
    private static final int LABEL_STRIP = 18;
    private static final int STRIP = 8;
    private static final int TRACK_APART = 12;
    private static final int ARROW_HEAD = 16;
    private static final int PORT_APART = 22;
    private static final int LANE_APART = 14;

    /** A box in its place. */
    record Box(Graph.Node node, int x, int y, int width, int height, String title, List<String> detail) {}

    /**
     * An arrow in its place.
     *
     * @param corners x and y of each, from its beginning to its head
     */
    record Arrow(Graph.Edge edge, List<int[]> corners, String label, int labelX, int labelY) {}

    private final Graph graph;
    private final Ranks ranks;
    private final List<String> labels = new ArrayList<>();
    private final List<String> titles = new ArrayList<>();
    private final List<List<String>> details = new ArrayList<>();
    private final int[] widths;
    private final Rows rows;
    private final Lanes lanes;
    private final int[] leavesAt;
    private final int[] arrivesAt;
    private final List<Tracks> gaps = new ArrayList<>();
    private final List<List<Tracks.Piece>> pieces = new ArrayList<>();
    private final int[] top;
    private final int[] rowHeight;
    private final int height;

    Layout(Graph graph) {
        this.graph = graph;
        this.ranks = Ranks.of(graph);
        for (Graph.Edge edge : graph.edges()) labels.add(TextWidth.cut(edge.label(), LONGEST_LABEL, LABEL_SIZE));
        this.widths = new int[graph.nodes().size()];
        for (int node = 0; node < widths.length; node++) measure(node);
        this.rows = new Rows(graph, ranks, widths);
        this.lanes = new Lanes(graph, ranks);
        this.leavesAt = new int[graph.edges().size()];
        this.arrivesAt = new int[graph.edges().size()];
        for (int node = 0; node < widths.length; node++) {
            spreadLeaving(node);
            spreadArriving(node);
        }
        for (int gap = 0; gap <= rows.count(); gap++) gaps.add(new Tracks());
        for (int e = 0; e < graph.edges().size(); e++) pieces.add(ranks.goesBack()[e] ? back(e) : down(e));
        gaps.forEach(Tracks::settle);
        this.top = new int[rows.count()];
        this.rowHeight = new int[rows.count()];
        this.height = stack();
    }

    int width() {
        return 2 * MARGIN + rows.width() + (lanes.count() == 0 ? 0 : LANE_APART * (lanes.count() + 1));
    }

    int height() {
        return height;
    }

    private void measure(int node) {
        Graph.Node box = graph.nodes().get(node);
        int slots = 0;
        for (int e : leaving(node)) slots += slot(e);
        boolean small = box.detail().isEmpty() && (box.kind() == Graph.Kind.START || box.kind() == Graph.Kind.END);
        int room = BOX_WIDTH - 2 * PADDING;
        String title = TextWidth.cut(box.title(), room, BOLD_SIZE);
        titles.add(title);
        details.add(TextWidth.wrap(box.detail(), room, DETAIL_SIZE, DETAIL_LINES));
        int least = small ? TextWidth.of(title, BOLD_SIZE) + 4 * PADDING : BOX_WIDTH;
        widths[node] = Math.max(least, slots + 2 * PADDING);
    }

    private List<Integer> leaving(int node) {
        var found = new ArrayList<Integer>();
        for (int e = 0; e < graph.edges().size(); e++) {
            if (graph.edges().get(e).from() == node) found.add(e);
        }
        return found;
    }

    /** How much room an arrow and its label take below a box. */
    private int slot(int edge) {
        String label = labels.get(edge);
        return label.isEmpty() ? PORT_APART : Math.max(PORT_APART, TextWidth.of(label, LABEL_SIZE) + 16);
    }

    private int left(int node) {
        return MARGIN + (int) (rows.box(node).x - widths[node] / 2.0);
    }

    private int middle(Rows.Item item) {
        return MARGIN + (int) item.x;
    }

    /** Where arrows begin: side by side, in the order of where they go, each with its label on its right. */
    private void spreadLeaving(int node) {
        List<Integer> all = leaving(node);
        if (all.size() == 1) {
            leavesAt[all.getFirst()] = middle(rows.box(node));
            return;
        }
        all.sort(Comparator.comparingDouble(
                e -> ranks.goesBack()[e] ? Double.MAX_VALUE : rows.chain(e).get(1).x));
        int total = all.stream().mapToInt(this::slot).sum();
        int at = left(node) + (widths[node] - total) / 2;
        for (int e : all) {
            leavesAt[e] = at + (labels.get(e).isEmpty() ? slot(e) / 2 : 6);
            at += slot(e);
        }
    }

    private void spreadArriving(int node) {
        var all = new ArrayList<Integer>();
        for (int e = 0; e < graph.edges().size(); e++) {
            if (graph.edges().get(e).to() == node) all.add(e);
        }
        all.sort(Comparator.comparingDouble(e -> ranks.goesBack()[e]
                ? Double.MAX_VALUE
                : rows.chain(e).get(rows.chain(e).size() - 2).x));
        int apart = all.isEmpty() ? 0 : Math.min(PORT_APART, (widths[node] - 2 * PADDING) / all.size());
        int first = middle(rows.box(node)) - apart * (all.size() - 1) / 2;
        for (int i = 0; i < all.size(); i++) arrivesAt[all.get(i)] = first + i * apart;
    }

    private List<Tracks.Piece> down(int edge) {
        List<Rows.Item> chain = rows.chain(edge);
        var level = new ArrayList<Tracks.Piece>();
        int from = leavesAt[edge];
        for (int i = 1; i < chain.size(); i++) {
            int to = i == chain.size() - 1 ? arrivesAt[edge] : middle(chain.get(i));
            level.add(gaps.get(chain.get(i).row).add(from, to, true, true));
            from = to;
        }
        return level;
    }

    private List<Tracks.Piece> back(int edge) {
        Graph.Edge arrow = graph.edges().get(edge);
        int lane = laneX(edge);
        return List.of(
                gaps.get(ranks.row()[arrow.from()] + 1).add(leavesAt[edge], lane, true, false),
                gaps.get(ranks.row()[arrow.to()]).add(lane, arrivesAt[edge], false, true));
    }

    private int laneX(int edge) {
        return MARGIN + rows.width() + LANE_APART * (lanes.of(edge) + 1);
    }

    /** Finds out how high each row and each gap is; returns how high it all is. */
    private int stack() {
        for (int node = 0; node < widths.length; node++) {
            int row = ranks.row()[node];
            rowHeight[row] = Math.max(rowHeight[row], boxHeight(node));
        }
        int y = MARGIN;
        for (int row = 0; row < top.length; row++) {
            y += gapHeight(row);
            top[row] = y;
            y += rowHeight[row];
        }
        return y + gapHeight(top.length) + MARGIN;
    }

    private int boxHeight(int node) {
        return 2 * PADDING + TITLE_SIZE + LINE_HEIGHT * details.get(node).size();
    }

    private int gapHeight(int gap) {
        boolean atEdge = gap == 0 || gap == rows.count();
        if (atEdge && gaps.get(gap).count() == 0) return 0;
        return strip(gap) + gaps.get(gap).count() * TRACK_APART + ARROW_HEAD;
    }

    /** What is kept free below a row for labels. */
    private int strip(int gap) {
        for (int e = 0; e < labels.size(); e++) {
            if (!labels.get(e).isEmpty() && ranks.row()[graph.edges().get(e).from()] == gap - 1) return LABEL_STRIP;
        }
        return STRIP;
    }

    private int trackY(int gap, Tracks.Piece piece) {
        int bottom = gap == 0 ? MARGIN : top[gap - 1] + rowHeight[gap - 1];
        return bottom + strip(gap) + piece.track() * TRACK_APART + TRACK_APART / 2;
    }

    List<Box> boxes() {
        var boxes = new ArrayList<Box>();
        for (int node = 0; node < widths.length; node++) {
            boxes.add(new Box(
                    graph.nodes().get(node),
                    left(node),
                    top[ranks.row()[node]],
                    widths[node],
                    boxHeight(node),
                    titles.get(node),
                    details.get(node)));
        }
        return boxes;
    }

    List<Arrow> arrows() {
        var arrows = new ArrayList<Arrow>();
        for (int e = 0; e < graph.edges().size(); e++) {
            Graph.Edge edge = graph.edges().get(e);
            int startY = top[ranks.row()[edge.from()]] + boxHeight(edge.from());
            int labelY = startY + LABEL_STRIP - 5;
            arrows.add(new Arrow(edge, corners(e, startY), labels.get(e), leavesAt[e] + 5, labelY));
        }
        return arrows;
    }

    private List<int[]> corners(int e, int startY) {
        Graph.Edge edge = graph.edges().get(e);
        var corners = new ArrayList<int[]>();
        corners.add(new int[] {leavesAt[e], startY});
        int x = leavesAt[e];
        int last = pieces.get(e).size() - 1;
        for (int i = 0; i <= last; i++) {
            int gap = ranks.goesBack()[e]
                    ? (i == 0 ? ranks.row()[edge.from()] + 1 : ranks.row()[edge.to()])
                    : ranks.row()[edge.from()] + 1 + i;
            int next = i == last
                    ? arrivesAt[e]
                    : ranks.goesBack()[e] ? laneX(e) : middle(rows.chain(e).get(i + 1));
            if (next != x) {
                int y = trackY(gap, pieces.get(e).get(i));
                corners.add(new int[] {x, y});
                corners.add(new int[] {next, y});
            }
            x = next;
        }
        corners.add(new int[] {x, top[ranks.row()[edge.to()]]});
        return corners;
    }
}
