package dev.outdial.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageScanTest {
    @Test
    void aRequestIsKnownByItsFirstLineCallIdAndCseq() {
        MessageScan scan =
                MessageScan.of(Wire.request("INVITE", 4_294_967_295L, "")).orElseThrow();

        assertThat(scan)
                .isEqualTo(new MessageScan(
                        true, "INVITE", 0, "INVITE sip:callee@192.0.2.7 SIP/2.0", "call-1", 4_294_967_295L, false));
    }

    @Test
    void aResponseIsKnownByItsStatusAndTheMethodOfItsCseqWhateverFormItsHeadersHave() {
        MessageScan scan = MessageScan.of(Wire.response(486, "Busy Here", "INVITE", 2)
                        .replace("i: call-1", "I \t:  call-1  ")
                        .replace("\r\n", "\n"))
                .orElseThrow();

        assertThat(scan).isEqualTo(new MessageScan(false, "INVITE", 486, "SIP/2.0 486 Busy Here", "call-1", 2, true));
    }

    @Test
    void aTagWithinTheAddressIsNoTagOfTheDialog() {
        assertThat(MessageScan.of(Wire.request("BYE", 3, "theirs"))
                        .orElseThrow()
                        .toTagged())
                .isTrue();
        assertThat(MessageScan.of(Wire.request("BYE", 3, "")).orElseThrow().toTagged())
                .isFalse();
    }

    @Test
    void onlyTheGivenPartOfTheBytesIsRead() {
        byte[] bytes = ("xx" + Wire.request("BYE", 3, "t") + "yy").getBytes(StandardCharsets.UTF_8);

        assertThat(MessageScan.of(bytes, 2, bytes.length - 4).orElseThrow().method())
                .isEqualTo("BYE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "GET / HTTP/1.1\r\nCall-ID: a\r\nCSeq: 1 GET\r\n\r\n",
                "SIP/2.0 99 Low\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n\r\n",
                "SIP/2.0 700 High\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n\r\n",
                "SIP/2.0 2x0 Odd\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n\r\n",
                "SIP/2.0 200 No Call-ID\r\nCSeq: 1 INVITE\r\n\r\n",
                "SIP/2.0 200 No CSeq\r\nCall-ID: a\r\n\r\n",
                "SIP/2.0 200 Long\r\nCall-ID: a\r\nCSeq: 12345678901 INVITE\r\n\r\n",
                "SIP/2.0 200 Late\r\n\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n\r\n",
                " SIP/2.0\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n\r\n"
            })
    void whatIsNoMessageOfACallIsNone(String text) {
        assertThat(MessageScan.of(text)).isEmpty();
    }
}
