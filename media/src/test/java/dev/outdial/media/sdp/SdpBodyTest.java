package dev.outdial.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpBodyTest {
    private static final String SDP = "v=0\nc=IN IP4 192.0.2.9\nm=audio 5000 RTP/AVP 0\n";
    private static final String MIXED = """
            This is the preamble, --b and all.
            --b
            Content-Type: application/isup; version=itu-t92+
            Content-Transfer-Encoding: base64

            AQAAAA==
            --b
            Content-Type: application/sdp

            v=0
            c=IN IP4 192.0.2.9
            m=audio 5000 RTP/AVP 0

            --b--
            Content-Type: application/sdp

            this is the epilogue
            """;

    private static Optional<String> found(String contentType, String body) throws SdpException {
        return SdpBody.descriptionIn(contentType, body.getBytes(StandardCharsets.UTF_8))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/sdp", "Application/SDP", " application/sdp ; charset=utf-8"})
    void aPlainBodyIsItself(String contentType) throws Exception {
        assertThat(found(contentType, SDP)).hasValue(SDP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/isup", "application", "multiparty/x; boundary=b"})
    void anotherTypeHasNone(String contentType) throws Exception {
        assertThat(found(contentType, SDP)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/mixed;boundary=b",
                "multipart/mixed; boundary=\"b\"",
                "Multipart/Mixed ; x=\"a;boundary=c\\\"\" ; BOUNDARY = b ; y=z",
                "multipart/related; type=application/sdp; boundary=b",
                "multipart/alternative; boundary=b"
            })
    void thePartWithTheDescriptionIsFound(String contentType) throws Exception {
        for (String end : new String[] {"\n", "\r\n"})
            assertThat(found(contentType, MIXED.replace("\n", end))).hasValue(SDP.replace("\n", end));
    }

    @Test
    void aBoundaryMayNeedItsQuotes() throws Exception {
        String odd = "gc0p4Jq0:M2Yt08jU534c0p? (x)";
        assertThat(found("multipart/mixed; boundary=\"" + odd + "\"", MIXED.replace("--b", "--" + odd)))
                .hasValue(SDP);
    }

    @Test
    void aBoundaryIsAWholeLineAtItsBeginning() throws Exception {
        String tricky = MIXED.replace("AQAAAA==", "--bb\n --b\nx--b\n--b-\n--b x");
        assertThat(found("multipart/mixed; boundary=b", tricky)).hasValue(SDP);
        // White space after it is padding of the transport.
        assertThat(found("multipart/mixed; boundary=b", MIXED.replace("--b\n", "--b \t\n")))
                .hasValue(SDP);
    }

    @Test
    void aMissingClosingBoundaryIsTakenToStandAtTheEnd() throws Exception {
        String cut = MIXED.substring(0, MIXED.indexOf("--b--"));
        assertThat(found("multipart/mixed; boundary=b", cut)).hasValue(SDP);
    }

    @Test
    void aPartsHeadersMayBeFoldedAndNamedInAnyCase() throws Exception {
        String folded = MIXED.replace(
                "Content-Type: application/sdp\n\nv=0",
                "Content-Disposition: session;\n\thandling=required\nno header\nCONTENT-TYPE:\n  application/sdp\n\nv=0");
        assertThat(found("multipart/mixed; boundary=b", folded)).hasValue(SDP);
    }

    @Test
    void aPartWithoutHeadersIsPlainText() throws Exception {
        assertThat(found("multipart/mixed; boundary=b", "--b\n\n" + SDP + "--b--\n"))
                .isEmpty();
    }

    @Test
    void ofSeveralDescriptionsTheFirstIsTakenButOfAlternativesTheLast() throws Exception {
        String two = "--b\nContent-Type: application/sdp\n\none\n--b\nContent-Type: application/sdp\n\ntwo\n--b--\n";
        assertThat(found("multipart/mixed; boundary=b", two)).hasValue("one");
        assertThat(found("multipart/alternative; boundary=b", two)).hasValue("two");
    }

    @Test
    void anEarlySessionIsAnotherSession() throws Exception {
        String two = "--b\nContent-Type: application/sdp\nContent-Disposition: early-session\n\none\n"
                + "--b\nContent-Type: application/sdp\n\ntwo\n--b--\n";
        assertThat(found("multipart/mixed; boundary=b", two)).hasValue("two");
    }

    @Test
    void oneMultipartWithinAnotherIsReadAndNoMore() throws Exception {
        String inner = "--i\nContent-Type: application/sdp\n\nfound\n--i--\n";
        String outer = "--o\nContent-Type: multipart/alternative; boundary=i\n\n" + inner + "\n--o--\n";
        assertThat(found("multipart/mixed; boundary=o", outer)).hasValue("found");
        assertThat(found("multipart/mixed; boundary=p", "--p\nContent-Type: multipart/mixed; boundary=o\n\n" + outer))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "quoted-printable", "x-inline:abcdef"})
    void anEncodedDescriptionIsRefusedInWords(String encoding) {
        String encoded =
                "--b\nContent-Type: application/sdp\nContent-Transfer-Encoding: " + encoding + "\n\ndj0w\n--b--\n";
        assertThatExceptionOfType(SdpException.class)
                .isThrownBy(() -> found("multipart/mixed; boundary=b", encoded))
                .withMessageEndingWith("expected 7bit, 8bit or binary")
                .withMessageNotContaining("abcdef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7bit", "8BIT", "binary"})
    void anEncodingThatIsNoneIsAccepted(String encoding) throws Exception {
        assertThat(found(
                        "multipart/mixed; boundary=b",
                        "--b\nContent-Type: application/sdp\nContent-Transfer-Encoding: " + encoding + "\n\nx\n--b--"))
                .hasValue("x");
    }

    @Test
    @Timeout(10)
    void absurdBodiesAreRefusedOrReadInBoundedTime() throws Exception {
        for (String type : new String[] {
            "multipart/mixed",
            "multipart/mixed; boundary=",
            "multipart/mixed; boundary=\"\"",
            "multipart/mixed; boundary=" + "x".repeat(71),
            "multipart/mixed; boundary"
        })
            assertThatExceptionOfType(SdpException.class)
                    .isThrownBy(() -> found(type, MIXED))
                    .withMessageContaining("boundary");
        assertThatExceptionOfType(SdpException.class)
                .isThrownBy(() -> found("multipart/mixed; boundary=b", "x".repeat(SdpBody.MAX_BYTES + 1)))
                .withMessageContaining("expected at most 65536");
        assertThatExceptionOfType(SdpException.class)
                .isThrownBy(() -> found("multipart/mixed; boundary=b", "--b\n\nx\n".repeat(33)))
                .withMessageContaining("more than 32 parts");
        assertThat(found("multipart/mixed; boundary=b", "\n".repeat(60_000))).isEmpty();
        assertThat(found("multipart/mixed; boundary=b", "--b\n" + "a:b\n c\n".repeat(8000)))
                .isEmpty();
        assertThat(found("; ".repeat(50_000) + "=", SDP)).isEmpty();
    }

    @Test
    @Timeout(60)
    void anyBytesGiveADescriptionOrNoneOrAnExceptionOfOurs() {
        var random = new Random(46);
        byte[] whole = MIXED.getBytes(StandardCharsets.UTF_8);
        int found = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = whole.clone();
            for (int i = 0; i <= round % 8; i++)
                mutated[random.nextInt(mutated.length)] =
                        (byte) (round % 2 == 0 ? random.nextInt(256) : "-b:\r\n ;\t".charAt(random.nextInt(8)));
            try {
                if (SdpBody.descriptionIn("multipart/mixed; boundary=b", mutated)
                        .isPresent()) found++;
            } catch (SdpException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(found).isBetween(1000, 19_999);
    }
}
