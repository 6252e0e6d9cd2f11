package dev.outdial.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageLogTest {
    private MessageLog log = MessageLog.EMPTY;

    private void sent(String text) {
        log = log.with(Wire.sent(log.messages().size(), text));
    }

    private void received(String text) {
        log = log.with(Wire.received(log.messages().size(), text));
    }

    private List<String> names() {
        return log.messages().stream()
                .map(message -> message.scan().isRequest()
                        ? message.scan().method()
                        : String.valueOf(message.scan().status()))
                .toList();
    }

    @Test
    void anHourOfRefreshesFallsOutAndTheCallStays() {
        sent(Wire.request("INVITE", 1, ""));
        received(Wire.response(401, "Unauthorized", "INVITE", 1));
        sent(Wire.request("ACK", 1, ""));
        sent(Wire.request("INVITE", 2, ""));
        received(Wire.response(100, "Trying", "INVITE", 2));
        received(Wire.response(180, "Ringing", "INVITE", 2));
        received(Wire.response(200, "OK", "INVITE", 2));
        sent(Wire.request("ACK", 2, "theirs"));
        for (int cseq = 3; cseq < 100; cseq++) {
            sent(Wire.request("UPDATE", cseq, "theirs"));
            received(Wire.response(200, "OK", "UPDATE", cseq));
            sent(Wire.request("INVITE", 1000 + cseq, "theirs"));
            received(Wire.response(200, "OK", "INVITE", 1000 + cseq));
            assertThat(log.byteLength()).isLessThanOrEqualTo(MessageLog.MAX_BYTES);
        }
        received(Wire.request("BYE", 7, "ours"));
        sent(Wire.response(200, "OK", "BYE", 7));

        assertThat(names())
                .startsWith("INVITE", "401", "ACK", "INVITE", "100", "180", "200", "ACK")
                .endsWith("BYE", "200");
        assertThat(log.byteLength()).isLessThanOrEqualTo(MessageLog.MAX_BYTES);
        assertThat(log.dropped() + log.messages().size()).isEqualTo(8 + 4 * 97 + 2);
    }

    @Test
    void aRepeatedMessageIsShownAndIsTheFirstToFallOut() {
        String answer = Wire.response(200, "OK", "INVITE", 1);
        sent(Wire.request("INVITE", 1, ""));
        for (int i = 0; i < 5; i++) received(answer);
        assertThat(names()).containsExactly("INVITE", "200", "200", "200", "200", "200");
        assertThat(log.messages().get(4).kept()).isSameAs(log.messages().get(1).kept());

        for (int cseq = 2; cseq < 60; cseq++) sent(Wire.request("INFO", cseq, "theirs"));

        assertThat(names()).startsWith("INVITE", "200", "INFO");
    }

    @Test
    void oneHugeMessageIsCutAndLeavesRoomForTheOthers() {
        sent(Wire.request("INVITE", 1, "", "X-Long: " + "x".repeat(60_000) + "\r\n"));
        received(Wire.response(486, "Busy Here", "INVITE", 1));

        assertThat(names()).containsExactly("INVITE", "486");
        assertThat(log.byteLength()).isLessThan(6_000);
        assertThat(log.messages().getFirst().text()).endsWith("[cut]");
    }

    @Test
    void aFloodOfWhatMattersMostKeepsTheFirstAndTheLast() {
        sent(Wire.request("INVITE", 1, ""));
        for (int i = 0; i < 500; i++) {
            received(Wire.response(200, "OK " + i, "INVITE", 1, "X: \u20ac" + "y".repeat(3000) + "\r\n"));
            assertThat(log.byteLength()).isLessThanOrEqualTo(MessageLog.MAX_BYTES);
        }

        assertThat(names()).startsWith("INVITE");
        assertThat(log.messages().getLast().scan().startLine()).isEqualTo("SIP/2.0 200 OK 499");
    }
}
