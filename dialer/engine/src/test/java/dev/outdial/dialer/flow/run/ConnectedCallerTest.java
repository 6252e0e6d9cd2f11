package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.message.SipMessage;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call to us whose flow connects it with somebody behind the same trunk, which is a scripted peer. */
@Tag("slow")
@Timeout(60)
class ConnectedCallerTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ScriptedPeer trunk = ScriptedPeer.open();
    private final BlockingQueue<FlowCall> calls = new LinkedBlockingQueue<>();
    private final String callId = UUID.randomUUID().toString();
    private InetSocketAddress us = new InetSocketAddress(0);
    private Dialer dialer;

    @BeforeEach
    void open() throws Exception {
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            us = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
        Trunk carrier = Trunk.of("carrier", "sip:alice@" + trunk.hostPort()).withoutRegistration();
        dialer = Dialer.start(DialerConfig.of(carrier).on("127.0.0.1", us.getPort()));
        dialer.awaitRegistered("carrier", SOON);
    }

    @AfterEach
    void close() {
        trunk.replyAlways("BYE", 200);
        dialer.close();
        trunk.close();
    }

    private SipMessage callsUs(String connect) {
        var runner = new FlowRunner(dialer, FlowSettings.of());
        String flow = "[{'type':'connect','option':{'destinations':[{'type':'tel','target':'1002'}]" + connect
                + "}},{'type':'sleep','option':{'duration':100}}]";
        dialer.onIncoming(incoming -> calls.add(runner.answer(incoming, FlowReader.read(flow.replace('\'', '"')))));
        SipMessage invite = SipMessage.request("INVITE", "sip:alice@127.0.0.1:" + us.getPort())
                .header("Via", trunk.via(Wire.UDP, "z9hG4bK-invite"))
                .header("Max-Forwards", "70")
                .header("From", "\"Bob\" <sip:4711@127.0.0.1>;tag=caller")
                .header("To", "<sip:alice@127.0.0.1>")
                .header("Call-ID", callId)
                .header("CSeq", "1 INVITE")
                .header("Contact", trunk.contact(Wire.UDP))
                .body("application/sdp", sdp(40_000))
                .build();
        trunk.send(invite, Wire.UDP, us);
        return invite;
    }

    private Heard toCaller(int status) {
        return trunk.receive(
                status + " to the caller",
                heard -> !heard.message().isRequest()
                        && heard.message().status() == status
                        && heard.message().callId().equals(callId),
                SOON);
    }

    private void acknowledge(SipMessage invite, Heard response, String via) {
        trunk.send(
                SipMessage.request("ACK", invite.requestUri())
                        .header("Via", via)
                        .header("Max-Forwards", "70")
                        .header("From", invite.header("From").orElseThrow())
                        .header("To", response.message().header("To").orElseThrow())
                        .header("Call-ID", callId)
                        .header("CSeq", "1 ACK")
                        .build(),
                Wire.UDP,
                us);
    }

    private FlowResult result() throws InterruptedException {
        FlowCall call = calls.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(call).isNotNull();
        return call.awaitEnd();
    }

    @Test
    void v11WhereTheOtherIsBusyTheCallerHearsBusy() throws Exception {
        SipMessage invite = callsUs(",'relay_reason':true");
        toCaller(180);
        Heard onward = trunk.receive("INVITE", SOON);
        assertThat(onward.message().requestUri()).contains("1002@");
        // Of a call to us the number that was called is whom the other is called from.
        assertThat(onward.message().header("From").orElse("")).contains("sip:alice@");
        trunk.reply(onward, 486, "busy");
        Heard busy = toCaller(486);
        acknowledge(invite, busy, invite.header("Via").orElseThrow());
        assertThat(result().end()).isEqualTo(FlowEnd.HUNG_UP);
    }

    @Test
    void theCallerIsAnsweredWhenTheOtherIsAndNotBefore() throws Exception {
        SipMessage invite = callsUs("");
        toCaller(180);
        Heard onward = trunk.receive("INVITE", SOON);
        trunk.reply(onward, 180, "other");
        assertThat(trunk.hearsNo(
                        heard -> !heard.message().isRequest() && heard.message().status() == 200,
                        Duration.ofMillis(200)))
                .isTrue();
        trunk.replyAlways("BYE", 200);
        SipMessage answer = trunk.answer(onward, "other", sdp(40_002));
        Heard ok = toCaller(200);
        acknowledge(invite, ok, trunk.via(Wire.UDP, "z9hG4bK-ack"));
        // The other hangs up: the caller's flow goes on, and ends the call.
        trunk.send(trunk.requestWithin(onward, answer, "BYE", 1).build(), onward);
        trunk.receive(
                "BYE to the caller",
                heard -> heard.message().isRequest()
                        && heard.message().method().equals("BYE")
                        && heard.message().callId().equals(callId),
                SOON);
        assertThat(result().end()).isEqualTo(FlowEnd.COMPLETED);
    }

    @Test
    void aCallerWhoGivesUpHasTheOtherGivenUp() throws Exception {
        SipMessage invite = callsUs("");
        toCaller(180);
        Heard onward = trunk.receive("INVITE", SOON);
        trunk.reply(onward, 180, "other");
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
        Heard cancel = trunk.receive("CANCEL", SOON);
        assertThat(cancel.message().callId()).isEqualTo(onward.message().callId());
        trunk.reply(cancel, 200, "other");
        trunk.reply(onward, 487, "other");
        assertThat(result().end()).isEqualTo(FlowEnd.CALL_ENDED);
    }

    private static String sdp(int port) {
        return """
                v=0
                o=bob 1 1 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio %d RTP/AVP 0
                a=rtpmap:0 PCMU/8000
                """.formatted(port).replace("\n", "\r\n");
    }
}
