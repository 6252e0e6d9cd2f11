package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdScanTest {
    private static Optional<String> callId(String message) {
        byte[] bytes = ("xx" + message).getBytes(StandardCharsets.UTF_8);
        return CallIdScan.callId(bytes, 2, bytes.length - 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BYE sip:x SIP/2.0\r\nCall-ID: a@b\r\nVia: x\r\n\r\n",
                "BYE sip:x SIP/2.0\r\nVia: x\r\ncALL-iD  \t:a@b  \r\n\r\n",
                "SIP/2.0 200 OK\r\nI: a@b\r\n\r\n",
                "SIP/2.0 200 OK\ni : a@b\n\n",
                "SIP/2.0 200 OK\r\nInfo: c\r\nCall-ID2: c\r\nX-Call-ID: c\r\ni:a@b",
                "SIP/2.0 200 OK\r\ni: a@b\r\nCall-ID: c\r\n\r\n",
                "SIP/2.0 200 OK\r\nCall-ID: a@b\r\n\r\nCall-ID: c\r\n"
            })
    void theFirstCallIdOfTheHeadIsFoundHoweverItIsWritten(String message) {
        assertThat(callId(message)).contains("a@b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "i",
                "Call-ID: a@b",
                "\r\nCall-ID: a@b\r\n\r\n",
                "BYE sip:x SIP/2.0\r\nVia: x\r\n\r\nCall-ID: a@b\r\n",
                "BYE sip:x SIP/2.0\r\nCall-ID:\r\n a@b\r\n\r\n",
                "BYE sip:x SIP/2.0\r\nCall-ID",
                "BYE sip:x SIP/2.0\r\nVia: Call-ID: a@b\r\n\r\n"
            })
    void elsewhereThereIsNone(String message) {
        assertThat(callId(message)).isEmpty();
    }

    @Test
    void anEndlessCallIdIsNone() {
        assertThat(callId("BYE sip:x SIP/2.0\r\ni: " + "a".repeat(256) + "\r\n\r\n"))
                .isPresent();
        assertThat(callId("BYE sip:x SIP/2.0\r\ni: " + "a".repeat(257) + "\r\n\r\n"))
                .isEmpty();
    }

    @Test
    void aFewBlanksKeepAliveAndNothingElseDoes() {
        for (String blank : new String[] {"", "\r\n", "\r\n\r\n", "\u0000\u0000\u0000\u0000", " "})
            assertThat(CallIdScan.isKeepAlive(
                            blank.getBytes(StandardCharsets.UTF_8), 0, blank.getBytes(StandardCharsets.UTF_8).length))
                    .isTrue();
        for (String other : new String[] {"\r\nx", "\r\n".repeat(9), "\u00ff"})
            assertThat(CallIdScan.isKeepAlive(
                            other.getBytes(StandardCharsets.UTF_8), 0, other.getBytes(StandardCharsets.UTF_8).length))
                    .isFalse();
    }
}
