package dev.outdial.dialer.flow.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.json.Examples;
import dev.outdial.dialer.flow.json.FlowReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class FlowDrawingTest {
    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static Flow branch() throws Exception {
        return FlowReader.read(Examples.voipbin("branch"));
    }

    private static List<String> texts(Flow flow, String style) throws Exception {
        var texts = new ArrayList<String>();
        var found = parsed(FlowDrawing.svg(flow)).getElementsByTagName("text");
        for (int i = 0; i < found.getLength(); i++) {
            var text = found.item(i);
            if (text.getAttributes().getNamedItem("class").getNodeValue().equals(style))
                texts.add(text.getTextContent());
        }
        return texts;
    }

    @Test
    void everyStepHasABoxAndEveryWayItsLabel() throws Exception {
        assertThat(texts(branch(), "label"))
                .containsExactlyInAnyOrder("1", "2", "3", "default", "loop 2 times", "then");
        assertThat(texts(branch(), "title")).hasSize(1 + branch().steps().size());
    }

    @Test
    void aReaderOfScreensIsToldWhatItShows() throws Exception {
        Document svg = parsed(FlowDrawing.svg(branch()));
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("A flow");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .startsWith("start: talk")
                .contains("goto, loop 2 times: talk");
        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    }

    @Test
    void whatAnAuthorWritesIsTextAndNothingElse() throws Exception {
        Flow flow = FlowReader.read(
                "{\"name\": \"<script>x</script>\", \"actions\": [{\"id\": \"a\\\"><b\", \"type\": \"talk\", \"option\": {\"text\": \"]]> & <i> \\u0001 \\ud83d\"}}]}");
        String svg = FlowDrawing.svg(flow);
        assertThat(parsed(svg).getElementsByTagName("script").getLength()).isZero();
        assertThat(svg)
                .contains("&lt;script&gt;")
                .contains("]]&gt; &amp; &lt;i&gt;")
                .doesNotContain("\u0001");
    }

    @Test
    void aTargetThatIsNotThereIsShown() throws Exception {
        Flow flow = FlowReader.read(
                "[{\"type\": \"branch\", \"option\": {\"target_ids\": {\"1\": \"lost\"}, \"default_target_id\": \"lost\"}}]");
        assertThat(FlowDrawing.svg(flow)).contains("class=\"missing\"").contains("lost");
        assertThat(texts(flow, "label")).containsExactly("1, default");
    }

    @Test
    void theSameFlowComesToTheSamePicture() throws Exception {
        assertThat(FlowDrawing.svg(branch())).isEqualTo(FlowDrawing.svg(branch()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 20, 60, 300})
    void boxesNeverOverlapWhateverTheFlow(int steps) {
        for (int seed = 0; seed < (steps > 100 ? 2 : 20); seed++) {
            assertBoxesApart(Graph.of(FlowReader.read(random(steps, new Random(seed)))), "seed " + seed);
        }
    }

    private static String random(int steps, Random random) {
        var actions = new StringBuilder("[");
        for (int i = 0; i < steps; i++) {
            String target = "\"s" + random.nextInt(steps) + "\"";
            String other = "\"s" + random.nextInt(steps) + "\"";
            String step = switch (random.nextInt(5)) {
                case 0 -> "\"talk\", \"option\": {\"text\": \"" + "words ".repeat(random.nextInt(1, 40)) + "\"}";
                case 1 -> "\"goto\", \"option\": {\"target_id\": " + target + ", \"loop_count\": 2}";
                case 2 -> "\"branch\", \"option\": {\"target_ids\": {\"1\": " + target + ", \"2\": " + other + "}}";
                case 3 -> "\"hangup\"";
                default -> "\"beep\", \"next_id\": " + target;
            };
            actions.append(i == 0 ? "" : ",").append("{\"id\": \"s" + i + "\", \"type\": " + step + "}");
        }
        return actions.append("]").toString();
    }

    private static void assertBoxesApart(Graph graph, String what) {
        var layout = new Layout(graph);
        List<Layout.Box> boxes = layout.boxes();
        for (int i = 0; i < boxes.size(); i++) {
            Layout.Box a = boxes.get(i);
            assertThat(a.x() >= 0 && a.y() >= 0).as(what).isTrue();
            assertThat(a.x() + a.width() <= layout.width() && a.y() + a.height() <= layout.height())
                    .as(what)
                    .isTrue();
            for (Layout.Box b : boxes.subList(i + 1, boxes.size())) {
                boolean apart = a.x() + a.width() <= b.x()
                        || b.x() + b.width() <= a.x()
                        || a.y() + a.height() <= b.y()
                        || b.y() + b.height() <= a.y();
                assertThat(apart).as("%s: %s and %s", what, a, b).isTrue();
            }
        }
        for (Layout.Arrow arrow : layout.arrows()) assertCrossesNoBox(arrow, boxes, what);
    }

    /** Arrows lead around boxes: none of their pieces goes through one. */
    private static void assertCrossesNoBox(Layout.Arrow arrow, List<Layout.Box> boxes, String what) {
        for (int i = 1; i < arrow.corners().size(); i++) {
            int[] from = arrow.corners().get(i - 1);
            int[] to = arrow.corners().get(i);
            for (Layout.Box box : boxes) {
                boolean through = Math.max(from[0], to[0]) > box.x()
                        && Math.min(from[0], to[0]) < box.x() + box.width()
                        && Math.max(from[1], to[1]) > box.y()
                        && Math.min(from[1], to[1]) < box.y() + box.height();
                assertThat(through)
                        .as("%s: %s through %s", what, arrow.edge(), box)
                        .isFalse();
            }
        }
    }
}
