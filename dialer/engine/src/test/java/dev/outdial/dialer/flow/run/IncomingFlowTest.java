package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flows in calls to us, which they answer or not. */
@Timeout(60)
class IncomingFlowTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";

    private final ScriptedPeer caller = ScriptedPeer.open();
    private final List<FlowHappening> told = new CopyOnWriteArrayList<>();
    private FlowBench bench;
    private InetSocketAddress us;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        bench = new FlowBench(
                folder,
                DialPlan.standard(),
                Trunk.of("caller", "sip:alice@" + caller.hostPort()).withoutRegistration());
        us = new InetSocketAddress(InetAddress.getLoopbackAddress(), bench.port());
    }

    @AfterEach
    void close() {
        caller.replyAlways("BYE", 200);
        bench.close();
        caller.close();
    }

    private SipMessage call(String json) throws Exception {
        Flow flow = FlowReader.read(json);
        bench.dialer.onIncoming(incoming -> bench.runner.answer(incoming, flow, told::add));
        bench.dialer.awaitRegistered("caller", SOON);
        SipMessage invite = SipMessage.request("INVITE", "sip:alice@127.0.0.1:" + us.getPort())
                .header("Via", caller.via(Wire.UDP, "z9hG4bK-invite"))
                .header("Max-Forwards", "70")
                .header("From", "<sip:4711@127.0.0.1>;tag=caller")
                .header("To", "<sip:alice@127.0.0.1>")
                .header("Call-ID", UUID.randomUUID().toString())
                .header("CSeq", "1 INVITE")
                .header("Contact", caller.contact(Wire.UDP))
                .body("application/sdp", SDP)
                .build();
        caller.send(invite, Wire.UDP, us);
        return invite;
    }

    private void acknowledge(SipMessage invite, Heard answer) {
        caller.send(
                SipMessage.request("ACK", invite.requestUri())
                        .header("Via", caller.via(Wire.UDP, "z9hG4bK-ack"))
                        .header("Max-Forwards", "70")
                        .header("From", invite.header("From").orElseThrow())
                        .header("To", answer.message().header("To").orElseThrow())
                        .header("Call-ID", invite.callId())
                        .header("CSeq", "1 ACK")
                        .build(),
                Wire.UDP,
                us);
    }

    /** V27. */
    @Test
    void aCallThatNobodyAnsweredIsRefusedForTheReasonOfTheFlow() throws Exception {
        call("[{\"type\": \"hangup\", \"option\": {\"reason\": \"busy\"}}]");
        caller.receive(486, SOON);
        assertThat(caller.heard())
                .noneMatch(
                        heard -> !heard.message().isRequest() && heard.message().status() == 200);
    }

    /** V11. */
    @Test
    void theReasonWhyNobodyCouldBeConnectedIsRelayed() throws Exception {
        call("""
                [{"type": "connect", "option": {"relay_reason": true,
                    "destinations": [{"type": "extension", "target": "1002"}]}},
                 {"type": "talk", "option": {"text": "never said"}}]
                """);
        caller.receive(486, SOON);
        assertThat(bench.onlyCallTo("1002").glance()).contains("< 486 Busy Here");
        assertThat(caller.heard())
                .noneMatch(
                        heard -> !heard.message().isRequest() && heard.message().status() == 200);
    }

    /** Rule 3 and X5 of the specification: words answer by themselves, and the end of the steps hangs up. */
    @Test
    void wordsAnswerACallAndItsLastStepHangsUp() throws Exception {
        SipMessage invite = call("[{\"type\": \"talk\", \"option\": {\"text\": \"hello\"}}]");
        Heard ok = caller.receive(200, SOON);
        acknowledge(invite, ok);
        Heard bye = caller.receive("BYE", SOON);
        assertThat(bye.atNanos() - ok.atNanos()).as(told.toString()).isGreaterThan(600_000_000L);
        caller.reply(bye, 200, "");
    }
}
