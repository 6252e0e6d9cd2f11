package dev.outdial.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceLadderTest {
    private static final MessageLog CALL = MessageLog.EMPTY
            .with(Wire.sent(100, Wire.request("INVITE", 1, "")))
            .with(Wire.received(112, Wire.response(100, "Trying", "INVITE", 1)))
            .with(Wire.received(1612, Wire.response(486, "Busy \u001b[31mHere", "INVITE", 1)));

    @Test
    void aLadderHasALineAMessageWithItsTimeAndCseq() {
        assertThat(TraceLadder.of(CALL)).isEqualTo("""
                          us                                            far end
                   0.000  |---------------- INVITE (1) ---------------->|  udp 192.0.2.7:5070
                   0.012  |<---------- 100 Trying (1 INVITE) -----------|  udp 192.0.2.7:5070
                   1.512  |<------ 486 Busy ?[31mHere (1 INVITE) -------|  udp 192.0.2.7:5070
                """);
    }

    @Test
    void eachMessageIsShownInFullWhereThatIsAskedFor() {
        assertThat(TraceLadder.withMessages(CALL))
                .startsWith(TraceLadder.of(CALL))
                .contains("\n0.012 received from 192.0.2.7:5070, 2023-11-14T22:13:20.112Z\n    SIP/2.0 100 Trying\n")
                .contains("    To: <sip:callee@192.0.2.7;tag=no>\n")
                .doesNotContain("\u001b", "\r");
    }

    @Test
    void aNameThatIsTooLongForItsArrowIsCut() {
        MessageLog log =
                MessageLog.EMPTY.with(Wire.received(0, Wire.response(503, "x".repeat(300), "INVITE", 4_294_967_295L)));

        assertThat(TraceLadder.of(log).lines().skip(1))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThan(90).contains("(4294967295 INVITE)"));
    }
}
