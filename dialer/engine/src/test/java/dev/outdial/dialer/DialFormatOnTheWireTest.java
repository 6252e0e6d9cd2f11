package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.trunk.CallerOptions;
import dev.outdial.dialer.trunk.DialFormat;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the format of a trunk makes of the INVITEs over it. */
@Timeout(60)
class DialFormatOnTheWireTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ScriptedPeer peer = ScriptedPeer.open();
    private final Dialer dialer = Dialer.start(DialerConfig.of(Trunk.of("peer", "sip:1000@" + peer.hostPort())
            .withoutRegistration()
            .withFormat(DialFormat.PLAIN
                    .around("99", "00")
                    .fromDomain("customers.example.com")
                    .sayingNumbersArePhones()
                    .withHeader("X-Customer", "7")
                    .withHeader("X-Campaign", "none"))));

    @AfterEach
    void close() {
        dialer.close();
        peer.close();
    }

    @Test
    void everyInviteLooksSo() throws Exception {
        Call call =
                dialer.dial(DialRequest.over("peer", "1001").by(CallerOptions.NONE.withHeader("x-campaign", "spring")));
        Heard heard = peer.receive("INVITE", SOON);
        SipMessage invite = heard.message();
        peer.reply(heard, 486, "busy");
        call.awaitEnd();

        assertThat(invite.requestUri()).isEqualTo("sip:99100100@" + peer.hostPort() + ";user=phone");
        assertThat(invite.header("From").orElseThrow()).contains("<sip:1000@customers.example.com;user=phone>");
        assertThat(invite.header("X-Customer")).hasValue("7");
        assertThat(invite.values("X-Campaign")).containsExactly("spring");
    }

    @Test
    void whomTheTrunkIsToldToCallLooksSoToo() {
        assertThat(dialer.uriToDial("peer", "1001")).isEqualTo("sip:99100100@" + peer.hostPort());
        assertThat(dialer.uriOf("peer", "1001")).isEqualTo("sip:1001@" + peer.hostPort());
    }
}
