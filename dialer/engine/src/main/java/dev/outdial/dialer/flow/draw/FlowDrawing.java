package dev.outdial.dialer.flow.draw;

import dev.outdial.dialer.flow.Flow;
import java.util.List;
import java.util.Locale;

/**
 * Draws a flow as SVG: a box for each step, an arrow to each step that may come after it, with why. Light or dark as the viewer likes it.
 * The same flow comes to the same picture. <b>Threading:</b> any.
 */
public final class FlowDrawing {
    private static final int ROUND = 6;

    private static final String STYLE = """
            <style>
            svg{--ground:#ffffff;--ink:#1d2430;--soft:#56606e;--line:#7d8796;--jump:#9a4b00;--sound:#e3f0ff;--sound-line:#3b7dc4;--keys:#e6f6e6;
            --keys-line:#3c8f47;--decision:#fff3d6;--decision-line:#b98500;--call:#f1e8fb;--call-line:#8156b3;--outside:#e2f5f4;--outside-line:#25867f;
            --end:#eceef1;--end-line:#6b7480;--missing:#fde4e4;--missing-line:#c43131}
            @media (prefers-color-scheme:dark){svg{--ground:#14181f;--ink:#e8ecf2;--soft:#b3bcc9;--line:#8a95a5;--jump:#f0a45d;--sound:#18304a;
            --sound-line:#69a7e6;--keys:#1a3a20;--keys-line:#6cc178;--decision:#40330f;--decision-line:#deb04a;--call:#332445;--call-line:#b68be6;
            --outside:#123936;--outside-line:#5fc4bc;--end:#2a303a;--end-line:#98a2b0;--missing:#4a1d1d;--missing-line:#ee7070}}
            text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--ink)}
            .ground{fill:var(--ground)}
            .title{font-size:12px;font-weight:600}
            .detail{font-size:11px;fill:var(--soft)}
            .label{font-size:11px;fill:var(--jump)}
            .arrow{fill:none;stroke:var(--line);stroke-width:1.5}
            .jump{stroke:var(--jump)}
            .head{fill:var(--line)}
            .jump-head{fill:var(--jump)}
            rect{stroke-width:1.5}
            .start,.end{fill:var(--end);stroke:var(--end-line)}
            .sound{fill:var(--sound);stroke:var(--sound-line)}
            .keys{fill:var(--keys);stroke:var(--keys-line)}
            .decision{fill:var(--decision);stroke:var(--decision-line)}
            .call{fill:var(--call);stroke:var(--call-line)}
            .outside{fill:var(--outside);stroke:var(--outside-line)}
            .missing{fill:var(--missing);stroke:var(--missing-line);stroke-dasharray:5 3}
            </style>
            <defs>
            <marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker>
            <marker id="jump-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="jump-head" d="M0 0L8 4L0 8z"/></marker>
            </defs>
            """;

    private FlowDrawing() {}

    /** The picture, as an SVG document of its own. */
    public static String svg(Flow flow) {
        Graph graph = Graph.of(flow);
        var layout = new Layout(graph);
        var svg = new StringBuilder();
        svg.append(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"flow-title flow-desc\" width=\"")
                .append(layout.width())
                .append("\" height=\"")
                .append(layout.height())
                .append("\" viewBox=\"0 0 ")
                .append(layout.width())
                .append(' ')
                .append(layout.height())
                .append("\">\n");
        svg.append("<title id=\"flow-title\">")
                .append(escaped(flow.name().isBlank() ? "A flow" : flow.name()))
                .append("</title>\n<desc id=\"flow-desc\">")
                .append(escaped(description(graph)))
                .append("</desc>\n")
                .append(STYLE)
                .append("<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
        layout.arrows().forEach(arrow -> draw(svg, arrow));
        layout.boxes().forEach(box -> draw(svg, box));
        return svg.append("</svg>\n").toString();
    }

    /** What somebody hears who does not see it. */
    private static String description(Graph graph) {
        var words = new StringBuilder();
        for (Graph.Edge edge : graph.edges()) {
            words.append(graph.nodes().get(edge.from()).title());
            if (edge.isJump()) words.append(", ").append(edge.label());
            words.append(": ").append(graph.nodes().get(edge.to()).title()).append(". ");
        }
        return words.toString().strip();
    }

    private static void draw(StringBuilder svg, Layout.Box box) {
        String kind = box.node().kind().name().toLowerCase(Locale.ROOT);
        svg.append("<g><title>")
                .append(escaped(box.node().title()
                        + (box.node().detail().isEmpty()
                                ? ""
                                : ": " + box.node().detail())))
                .append("</title><rect class=\"")
                .append(kind)
                .append("\" x=\"")
                .append(box.x())
                .append("\" y=\"")
                .append(box.y())
                .append("\" width=\"")
                .append(box.width())
                .append("\" height=\"")
                .append(box.height())
                .append("\" rx=\"")
                .append(kind.equals("start") || kind.equals("end") ? box.height() / 2 : ROUND)
                .append("\"/>");
        int middle = box.x() + box.width() / 2;
        int y = box.y() + 10 + Layout.TITLE_SIZE - 1;
        text(svg, "title", middle, y, box.title());
        for (String line : box.detail()) {
            y += Layout.LINE_HEIGHT;
            text(svg, "detail", middle, y, line);
        }
        svg.append("</g>\n");
    }

    private static void text(StringBuilder svg, String style, int x, int y, String text) {
        svg.append("<text class=\"")
                .append(style)
                .append("\" x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" text-anchor=\"middle\">")
                .append(escaped(text))
                .append("</text>");
    }

    private static void draw(StringBuilder svg, Layout.Arrow arrow) {
        boolean jump = arrow.edge().isJump();
        svg.append("<path class=\"arrow")
                .append(jump ? " jump" : "")
                .append("\" d=\"")
                .append(path(arrow.corners()))
                .append("\" marker-end=\"url(#")
                .append(jump ? "jump-head" : "head")
                .append(")\"/>\n");
        if (arrow.label().isEmpty()) return;
        svg.append("<text class=\"label\" x=\"")
                .append(arrow.labelX())
                .append("\" y=\"")
                .append(arrow.labelY())
                .append("\">")
                .append(escaped(arrow.label()))
                .append("</text>\n");
    }

    /** With rounded corners. */
    private static String path(List<int[]> corners) {
        int[] first = corners.getFirst();
        var path = new StringBuilder("M" + first[0] + " " + first[1]);
        for (int i = 1; i < corners.size() - 1; i++) {
            int[] at = corners.get(i);
            int[] in = towards(at, corners.get(i - 1));
            int[] out = towards(at, corners.get(i + 1));
            path.append("L" + in[0] + " " + in[1] + "Q" + at[0] + " " + at[1] + " " + out[0] + " " + out[1]);
        }
        int[] last = corners.getLast();
        return path.append("L" + last[0] + " " + last[1]).toString();
    }

    private static int[] towards(int[] from, int[] to) {
        int dx = to[0] - from[0];
        int dy = to[1] - from[1];
        int half = (Math.abs(dx) + Math.abs(dy)) / 2;
        int step = Math.min(ROUND, half);
        return new int[] {from[0] + Integer.signum(dx) * step, from[1] + Integer.signum(dy) * step};
    }

    /** Whatever a flow's author wrote, it is text and nothing else; what XML does not allow at all is shown as missing. */
    static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(int c) {
        boolean control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
        boolean half = c >= 0xD800 && c <= 0xDFFF;
        return !control && !half && c != 0xFFFE && c != 0xFFFF;
    }
}
