package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamFramingTest {
    private static final String HEAD = "OPTIONS sip:x SIP/2.0\r\nVia: x\r\n";

    private final StreamFraming framing = new StreamFraming();
    private long nowNanos = -5;

    private boolean follow(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return framing.follow(bytes, 0, bytes.length, nowNanos);
    }

    @Test
    void messagesPingsAndBodiesThatLookLikeHeadsPass() {
        String stream = "\r\n\r\n" + HEAD + "Content-Length: 0\r\n\r\n\r\n\r\n" + HEAD + "l :  9\r\n\r\nl: 99999\r"
                + HEAD + "CONTENT-LENGTH: 4\r\n\r\n\r\r\r\r" + HEAD + "\r\n";
        assertThat(follow(stream)).isTrue();
        assertThat(framing.deadlineNanos()).isEmpty();
    }

    @Test
    void whereTheStreamIsDividedMakesNoDifference() {
        String stream = HEAD + "Content-Length: 4\r\n\r\n\r\r\r\r" + HEAD + "Content-Length: 0\r\n\r\n";
        for (int i = 0; i < stream.length(); i++)
            assertThat(follow(stream.substring(i, i + 1))).isTrue();
        assertThat(framing.deadlineNanos()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\r\r",
                HEAD + "\rX: y\r\n",
                HEAD + "Content-Length: 2147483647\r\n",
                HEAD + "Content-Length: 20000\r\n\r\n",
                HEAD + "Content-Length: -1\r\n",
                HEAD + "Content-Length:\r\n",
                HEAD + "l: 5 5\r\n",
                HEAD + "l: 5\r\nContent-Length: 4\r\n",
                HEAD + "Content-Length: 00000000000000000000000000000000000000000001\r\n"
            })
    void whatWouldKillOrFillTheReaderIsCut(String stream) {
        assertThat(follow(stream)).isFalse();
    }

    @Test
    void anEndlessHeadIsCut() {
        assertThat(follow(HEAD)).isTrue();
        assertThat(follow("X: " + "y".repeat(9_000))).isFalse();
    }

    @Test
    void aMessageThatTakesLongerThanTenSecondsIsCut() {
        follow(HEAD);
        assertThat(framing.deadlineNanos()).hasValue(nowNanos + TimeUnit.SECONDS.toNanos(10));
        nowNanos += TimeUnit.SECONDS.toNanos(9);
        assertThat(follow("X: y\r\n")).isTrue();
        nowNanos += TimeUnit.SECONDS.toNanos(2);
        assertThat(follow("X: y\r\n")).isFalse();
    }
}
