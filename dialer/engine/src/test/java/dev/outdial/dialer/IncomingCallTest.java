package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.message.SipMessageBuilder;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls to us, from a trunk that is a scripted peer. */
@Timeout(60)
class IncomingCallTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ScriptedPeer trunk = ScriptedPeer.open();
    private final BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
    private final String callId = UUID.randomUUID().toString();
    private InetSocketAddress us;
    private Dialer dialer;

    @BeforeEach
    void open() throws Exception {
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            us = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
        Trunk carrier = Trunk.of("carrier", "sip:alice@" + trunk.hostPort()).withoutRegistration();
        dialer = Dialer.start(DialerConfig.of(carrier).on("127.0.0.1", us.getPort()));
        dialer.onIncoming(calls::add);
        dialer.awaitRegistered("carrier", SOON);
    }

    @AfterEach
    void close() {
        trunk.replyAlways("BYE", 200);
        dialer.close();
        trunk.close();
    }

    @Test
    void aCallIsAnsweredAndTheCallerHangsUp() throws Exception {
        SipMessage invite = send(offered());
        IncomingCall incoming = nextCall();
        assertThat(incoming.caller().from()).isEqualTo("4711");
        assertThat(incoming.caller().to()).isEqualTo("alice");
        assertThat(incoming.caller().trunk()).isEqualTo("carrier");
        incoming.ring();
        trunk.receive(180, SOON);

        Call call = incoming.accept();
        Heard ok = trunk.receive(200, SOON);
        assertThat(ok.message().body()).contains("m=audio").contains("PCMU");
        assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMU", false));
        within(invite, ok, "ACK", 1);
        within(invite, ok, "BYE", 2);
        trunk.receive("200 to BYE", heard -> isResponse(heard, 200, "BYE"), SOON);

        CallOutcome outcome = call.awaitEnd();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.REMOTE);
    }

    @Test
    void weHangUpACallThatWeAnswered() throws Exception {
        SipMessage invite = send(offered());
        Call call = nextCall().accept();
        Heard ok = trunk.receive(200, SOON);
        within(invite, ok, "ACK", 1);
        call.awaitAnswer();

        call.hangUp();
        Heard bye = trunk.receive("BYE", SOON);
        assertThat(bye.message().toTag()).isEqualTo("caller");
        trunk.reply(bye, 200, "");

        assertThat(call.awaitEnd().endedBy()).isEqualTo(EndedBy.LOCAL);
    }

    @Test
    void aCallWithoutAnOfferGetsOursAndTheAckAnswersIt() throws Exception {
        SipMessage invite = send(bare().build());
        Call call = nextCall().accept();
        Heard ok = trunk.receive(200, SOON);
        assertThat(ok.message().body()).contains("m=audio").contains("PCMU").contains("PCMA");
        trunk.send(
                within(invite, ok.message(), "ACK", 1)
                        .body(
                                "application/sdp",
                                sdp().replace("RTP/AVP 0", "RTP/AVP 8").replace("0 PCMU", "8 PCMA"))
                        .build(),
                Wire.UDP,
                us);

        assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMA", false));
    }

    @Test
    void aCallWithoutAnOfferThatIsToldReliablyThatItRingsGetsOursWithThat() throws Exception {
        SipMessage invite = send(bare().header("Require", "100rel").build());
        IncomingCall incoming = nextCall();
        incoming.ring();
        Heard ringing = trunk.receive(180, SOON);
        assertThat(ringing.message().header("RSeq")).isPresent();
        assertThat(ringing.message().body()).contains("m=audio").contains("PCMU");
        trunk.send(
                within(invite, ringing.message(), "PRACK", 2)
                        .header("RAck", ringing.message().header("RSeq").orElseThrow() + " 1 INVITE")
                        .body("application/sdp", sdp())
                        .build(),
                Wire.UDP,
                us);
        trunk.receive("200 to PRACK", heard -> isResponse(heard, 200, "PRACK"), SOON);

        Call call = incoming.accept();
        Heard ok = trunk.receive("200 to INVITE", heard -> isResponse(heard, 200, "INVITE"), SOON);
        assertThat(ok.message().body()).isEmpty();
        within(invite, ok, "ACK", 1);

        assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMU", false));
    }

    @Test
    void aCallWithoutAnOfferIsAnsweredWhileItsCallerStillOwesTheAnswerToThatItRings() throws Exception {
        SipMessage invite = send(bare().header("Require", "100rel").build());
        IncomingCall incoming = nextCall();
        incoming.ring();
        Heard ringing = trunk.receive(180, SOON);
        Call call = incoming.accept();
        trunk.send(
                within(invite, ringing.message(), "PRACK", 2)
                        .header("RAck", ringing.message().header("RSeq").orElseThrow() + " 1 INVITE")
                        .body("application/sdp", sdp())
                        .build(),
                Wire.UDP,
                us);
        Heard ok = trunk.receive("200 to INVITE", heard -> isResponse(heard, 200, "INVITE"), SOON);
        within(invite, ok, "ACK", 1);

        assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMU", false));
    }

    @Test
    void whatWasAgreedOnBeforeTheAnswerIsChangedByTheCaller() throws Exception {
        SipMessage invite = send(bare().header("Supported", "100rel")
                .body("application/sdp", sdp())
                .build());
        IncomingCall incoming = nextCall();
        incoming.ringWithMedia();
        Heard early = trunk.receive(183, SOON);
        trunk.send(
                within(invite, early.message(), "PRACK", 2)
                        .header("RAck", early.message().header("RSeq").orElseThrow() + " 1 INVITE")
                        .build(),
                Wire.UDP,
                us);
        trunk.receive("200 to PRACK", heard -> isResponse(heard, 200, "PRACK"), SOON);
        trunk.send(
                within(invite, early.message(), "UPDATE", 3)
                        .header("Contact", trunk.contact(Wire.UDP))
                        .body(
                                "application/sdp",
                                sdp().replace("RTP/AVP 0", "RTP/AVP 8").replace("0 PCMU", "8 PCMA"))
                        .build(),
                Wire.UDP,
                us);
        Heard changed = trunk.receive("200 to UPDATE", heard -> isResponse(heard, 200, "UPDATE"), SOON);
        assertThat(changed.message().body()).contains("RTP/AVP 8");

        Call call = incoming.accept();
        Heard ok = trunk.receive("200 to INVITE", heard -> isResponse(heard, 200, "INVITE"), SOON);
        within(invite, ok, "ACK", 1);

        assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMA", false));
    }

    @Test
    void aCallIsDeclined() throws Exception {
        SipMessage invite = send(offered());
        IncomingCall incoming = nextCall();
        incoming.decline(603);
        Heard refusal = trunk.receive(603, SOON);
        acknowledgeRefusal(invite, refusal);

        CallOutcome outcome = incoming.awaitEnd();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.REJECTED);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.LOCAL);
    }

    @Test
    void aCallIsRedirected() throws Exception {
        SipMessage invite = send(offered());
        nextCall().redirect("sip:carol@192.0.2.7", "sip:dave@192.0.2.8");
        Heard moved = trunk.receive(302, SOON);
        acknowledgeRefusal(invite, moved);

        assertThat(moved.message().values("Contact").toString())
                .contains("sip:carol@192.0.2.7")
                .contains("sip:dave@192.0.2.8");
    }

    @Test
    void aCallerGivesUp() throws Exception {
        SipMessage invite = send(offered());
        IncomingCall incoming = nextCall();
        incoming.ring();
        trunk.receive(180, SOON);
        trunk.send(
                SipMessage.request("CANCEL", invite.requestUri())
                        .header("Via", invite.header("Via").orElseThrow())
                        .header("From", invite.header("From").orElseThrow())
                        .header("To", invite.header("To").orElseThrow())
                        .header("Call-ID", callId)
                        .header("CSeq", "1 CANCEL")
                        .header("Max-Forwards", "70")
                        .build(),
                Wire.UDP,
                us);
        trunk.receive("200 to CANCEL", heard -> isResponse(heard, 200, "CANCEL"), SOON);
        acknowledgeRefusal(invite, trunk.receive(487, SOON));

        CallOutcome outcome = incoming.awaitEnd();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.REMOTE);
        // Too late: whoever answers now learns that nobody is there.
        assertThatThrownBy(() -> incoming.accept().sendDigits("1")).isInstanceOf(CallEndedException.class);
    }

    @Test
    void anOfferWithoutACommonCodecIsRefusedWhenItIsAnswered() throws Exception {
        SipMessage invite = send(bare().body(
                        "application/sdp",
                        sdp().replace("RTP/AVP 0", "RTP/AVP 9").replace("PCMU", "G722"))
                .build());
        Call call = nextCall().accept();
        acknowledgeRefusal(invite, trunk.receive(488, SOON));

        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Failed.class);
    }

    private IncomingCall nextCall() throws InterruptedException {
        IncomingCall call = calls.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(call).isNotNull();
        return call;
    }

    private SipMessage send(SipMessage invite) {
        trunk.send(invite, Wire.UDP, us);
        return invite;
    }

    private SipMessage offered() {
        return bare().body("application/sdp", sdp()).build();
    }

    private SipMessageBuilder bare() {
        return SipMessage.request("INVITE", "sip:alice@127.0.0.1:" + us.getPort())
                .header("Via", trunk.via(Wire.UDP, "z9hG4bK-invite"))
                .header("Max-Forwards", "70")
                .header("From", "\"Bob\" <sip:4711@127.0.0.1>;tag=caller")
                .header("To", "<sip:alice@127.0.0.1>")
                .header("Call-ID", callId)
                .header("CSeq", "1 INVITE")
                .header("Contact", trunk.contact(Wire.UDP));
    }

    private void within(SipMessage invite, Heard ok, String method, int cseq) {
        trunk.send(within(invite, ok.message(), method, cseq).build(), Wire.UDP, us);
    }

    private SipMessageBuilder within(SipMessage invite, SipMessage ok, String method, int cseq) {
        return SipMessage.request(method, invite.requestUri())
                .header("Via", trunk.via(Wire.UDP, "z9hG4bK-" + method + cseq))
                .header("Max-Forwards", "70")
                .header("From", invite.header("From").orElseThrow())
                .header("To", ok.header("To").orElseThrow())
                .header("Call-ID", callId)
                .header("CSeq", cseq + " " + method);
    }

    private void acknowledgeRefusal(SipMessage invite, Heard refusal) {
        trunk.send(
                SipMessage.request("ACK", invite.requestUri())
                        .header("Via", invite.header("Via").orElseThrow())
                        .header("Max-Forwards", "70")
                        .header("From", invite.header("From").orElseThrow())
                        .header("To", refusal.message().header("To").orElseThrow())
                        .header("Call-ID", callId)
                        .header("CSeq", "1 ACK")
                        .build(),
                Wire.UDP,
                us);
    }

    private static boolean isResponse(Heard heard, int status, String method) {
        return !heard.message().isRequest()
                && heard.message().status() == status
                && heard.message().header("CSeq").orElse("").endsWith(method);
    }

    private static String sdp() {
        return """
                v=0
                o=bob 1 1 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio 40000 RTP/AVP 0
                a=rtpmap:0 PCMU/8000
                """.replace("\n", "\r\n");
    }
}
