package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.trunk.CallerOptions;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a call's caller options make of its INVITE. */
@Timeout(60)
class ShownCallerTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ScriptedPeer peer = ScriptedPeer.open();
    private final Dialer dialer = Dialer.start(
            DialerConfig.of(Trunk.of("peer", "sip:1000@" + peer.hostPort()).withoutRegistration()));

    @AfterEach
    void close() {
        dialer.close();
        peer.close();
    }

    private SipMessage invite(CallerOptions caller) throws InterruptedException {
        Call call = dialer.dial(DialRequest.over("peer", "1001").by(caller));
        Heard invite = peer.receive("INVITE", SOON);
        peer.reply(invite, 486, "busy");
        call.awaitEnd();
        return invite.message();
    }

    @Test
    void numbersAreSaidToBeTelephoneNumbersWhereThatIsWanted() throws Exception {
        SipMessage plain = invite(CallerOptions.NONE);
        SipMessage saying = invite(CallerOptions.NONE.sayingNumbersArePhones());

        assertThat(plain.requestUri()).doesNotContain("user=phone");
        assertThat(plain.header("From").orElseThrow()).doesNotContain("user=phone");
        assertThat(saying.requestUri()).isEqualTo("sip:1001@" + peer.hostPort() + ";user=phone");
        assertThat(saying.header("To").orElseThrow()).contains(";user=phone>");
        assertThat(saying.header("From").orElseThrow()).contains("sip:1000@").contains(";user=phone>");
    }

    @Test
    void whatIsWithheldAndWhyItWasDivertedIsSaid() throws Exception {
        SipMessage invite = invite(CallerOptions.NONE
                .anonymously()
                .withholding("user")
                .withholding("critical")
                .divertedBy("sip:1003@example.com", "no-answer")
                .divertedBy("sip:1004@example.com"));

        assertThat(invite.header("Privacy")).hasValue("critical;user;id");
        assertThat(invite.values("Diversion"))
                .containsExactly(
                        "<sip:1003@example.com>;reason=no-answer", "<sip:1004@example.com>;reason=unconditional");
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeAnybodyIsCalled() {
        var target = DialRequest.over("peer", "1001");
        assertThatThrownBy(() -> dialer.dial(target.by(CallerOptions.NONE.withholding("everything"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("privacy 'everything' is none of");
        assertThatThrownBy(() ->
                        dialer.dial(target.by(CallerOptions.NONE.anonymously().withholding("none"))))
                .hasMessageContaining("privacy 'none' stands alone");
        assertThatThrownBy(
                        () -> dialer.dial(target.by(CallerOptions.NONE.divertedBy("sip:1@example.com", "no answer"))))
                .hasMessageContaining("diversion reason 'no answer' is not a token");
    }

    @Test
    void whatElseIsSetStays() throws Exception {
        SipMessage invite = invite(CallerOptions.NONE
                .withHeader("X-Campaign", "spring")
                .sayingNumbersArePhones()
                .preferring("sip:1002@example.com"));

        assertThat(invite.requestUri()).endsWith(";user=phone");
        assertThat(invite.header("X-Campaign")).hasValue("spring");
        assertThat(invite.header("P-Preferred-Identity").orElseThrow()).contains("sip:1002@example.com");
    }
}
