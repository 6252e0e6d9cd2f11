package dev.outdial.testbed.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.message.Replies;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.trunk.TrunkMessage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LadderTest {
    @Test
    void theCalleeStandsInOneColumnWhateverTheTrunkAnswers() {
        var invite = SipMessage.request("INVITE", "sip:1000@127.0.0.1")
                .header("Proxy-Authorization", "Digest username=\"alice\"")
                .body("application/sdp", "v=0\r\n")
                .build();
        var answers = IntStream.range(100, 700)
                .mapToObj(status -> Replies.to(invite, status).build());
        var messages = Stream.concat(
                        Stream.of(new TrunkMessage(0, true, invite)),
                        answers.map(answer -> new TrunkMessage(1_000_000, false, answer)))
                .toList();

        assertThat(Ladder.of(messages, "1000", 0).lines())
                .hasSameSizeAs(messages)
                .contains("    0.001  caller  <--- 407 Proxy Authentication Required -----  1000")
                .allSatisfy(line -> assertThat(line.indexOf("  1000")).isEqualTo(63));
    }
}
