package dev.outdial.testbed.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptedPeerTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"UDP", "TCP"})
    void twoPeersPlayACallFromBothEnds(Wire wire) {
        try (var caller = ScriptedPeer.open();
                var callee = ScriptedPeer.open()) {
            caller.replyAlways("BYE", 200);
            caller.send("""
                    INVITE sip:x@y SIP/2.0
                    Via: %s
                    Record-Route: <sip:proxy;lr>
                    From: <sip:a@b>;tag=1
                    To: <sip:x@y>
                    Contact: %s
                    Call-ID: c
                    CSeq: 1 INVITE

                    offer""".formatted(caller.via(wire, "1"), caller.contact(wire)), wire, callee.address());
            var invite = callee.receive("INVITE", SOON);
            assertThat(invite.message().body()).isEqualTo("offer");
            callee.reply(invite, 180, "t");
            var ok = callee.answer(invite, "t", "answer");
            callee.send(callee.requestWithin(invite, ok, "BYE", 1).build(), invite);

            assertThat(caller.receive(200, SOON).message().body()).isEqualTo("answer");
            assertThat(caller.receive(180, SOON).message().toTag())
                    .as("skipped before, given now")
                    .isEqualTo("t");
            var bye = caller.receive("BYE", SOON).message();
            assertThat(bye.fromTag() + bye.toTag()).isEqualTo("t1");
            assertThat(bye.values("Route")).containsExactly("<sip:proxy;lr>");
            callee.receive(200, SOON);
            assertThat(caller.heard()).extracting(h -> h.message().status()).containsExactly(180, 200, 0);
            assertThat(caller.countOf("BYE")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"UDP", "TCP"})
    void whatDoesNotComeIsSaidWithWhatCame(Wire wire) {
        try (var one = ScriptedPeer.open();
                var other = ScriptedPeer.open()) {
            one.send("OPTIONS sip:x SIP/2.0\nCall-ID: 1\n\n", wire, other.address());
            other.receive("OPTIONS", SOON);

            assertThatThrownBy(() -> other.receive(200, Duration.ofMillis(10)))
                    .isInstanceOf(NothingHeardException.class)
                    .hasMessageContaining("no 200 within 10 ms")
                    .hasMessageContaining("OPTIONS sip:x");
        }
    }
}
