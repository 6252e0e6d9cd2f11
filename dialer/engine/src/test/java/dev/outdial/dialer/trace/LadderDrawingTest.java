package dev.outdial.dialer.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The ladder as a picture; it lies in {@code target/ladder.svg} to be looked at. */
class LadderDrawingTest {
    private static final String SVG =
            CallTrace.of(Calls.answered()).and(CallTrace.of(Calls.busy())).toSvg();

    private static Document parsed(String svg) throws IOException, SAXException, ParserConfigurationException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void eachMessageIsAGroupOfItsOwnInTheirOrder() throws Exception {
        Path unused = Files.writeString(Path.of("target", "ladder.svg"), SVG);
        NodeList groups = parsed(SVG).getElementsByTagName("g");
        int messages = 0;
        for (int i = 0; i < groups.getLength(); i++) {
            var group = (Element) groups.item(i);
            if (!group.getAttribute("class").equals("message")) continue;
            messages++;
            assertThat(group.getAttribute("id")).isEqualTo("message-" + messages);
            assertThat(group.getAttribute("tabindex")).isEqualTo("0");
        }
        assertThat(messages).isEqualTo(14);
    }

    @Test
    void timeGapsRepeatedMessagesAndSessionDescriptionsAreMarked() {
        assertThat(SVG)
                .contains(">4.7 s<", ">1:30 min<", ">+21 ms<", ">another attempt, 1:05 min later<")
                .contains(">401 Unauthorized (INVITE 1)<", ">486 Busy Here (INVITE 1)<");
        assertThat(SVG.split(">SDP<", -1)).hasSize(1 + 5);
        assertThat(SVG.split(">again<", -1)).hasSize(1 + 1);
        assertThat(SVG).contains("aria-label=\"0.524 s, sent INVITE 2, with a session description, again\"");
    }

    @Test
    void whatTheFarEndSentIsTextAndNothingElse() throws Exception {
        assertThat(SVG)
                .contains("180 Ringing &lt;&quot;&amp;&#39;?&gt;")
                .doesNotContain("<style", "style=", "<script", "\u0001");
        assertThat(parsed(SVG).getDocumentElement().getTagName()).isEqualTo("svg");
    }

    @Test
    void eachFarEndHasALineOfItsOwn() throws Exception {
        String svg = CallTrace.of(Calls.answered())
                .and(CallTrace.of(Calls.busyElsewhere()))
                .toSvg();
        Path unused = Files.writeString(Path.of("target", "ladder-two.svg"), svg);
        assertThat(svg)
                .contains(">far end 1<", ">udp 198.51.100.9:5060<", ">far end 2<", ">udp [2001:db8:0:0:0:0:1:17]:5080<")
                .contains("480 Temporarily");
    }

    @Test
    void aCallWithoutMessagesSaysSo() throws Exception {
        String svg = CallTrace.EMPTY.toSvg();
        assertThat(svg).contains("no SIP message was kept");
        assertThat(parsed(svg).getElementsByTagName("line").getLength()).isZero();
    }
}
