package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls with far ends that do what a trunk of ours does not: they are transferred, and they call us. */
@Tag("slow")
@Timeout(90)
class PeersOnTheWireTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String SDP = """
            v=0
            o=bob 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 40000 RTP/AVP 0
            a=rtpmap:0 PCMU/8000
            """.replace("\n", "\r\n");

    @TempDir
    private Path folder;

    private final ScriptedPeer peer = ScriptedPeer.open();
    private final Dialer caller =
            Dialer.start(DialerConfig.of().on("127.0.0.1", 0).withRtpPorts(43100, 43199));
    private WireBench bench;

    @BeforeEach
    void start() throws IOException {
        peer.replyAlways("BYE", 200);
        bench = WireBench.start(folder, peer.port(), Map.of());
    }

    @AfterEach
    void close() {
        caller.close();
        bench.close();
        peer.close();
    }

    @Test
    void aBlindTransferIsFollowedToItsEnd() throws Exception {
        String call = bench.create("/calls", "{\"to\":\"2000\"}");
        Heard invite = peer.receive("INVITE", SOON);
        SipMessage ok = peer.answer(invite, "bob", SDP);
        peer.receive("ACK", SOON);
        bench.await(call, "progressing");

        bench.control(call, "transfer", "{\"to\":\"+4930111\"}");
        Heard refer = peer.receive("REFER", SOON);
        assertThat(refer.message().header("Refer-To").orElseThrow()).contains("<sip:+4930111@" + peer.hostPort() + ">");
        peer.reply(refer, 202, "bob");
        peer.send(
                peer.requestWithin(invite, ok, "NOTIFY", 10)
                        .header("Event", "refer")
                        .header("Subscription-State", "terminated;reason=noresource")
                        .body("message/sipfrag;version=2.0", "SIP/2.0 200 OK\r\n")
                        .build(),
                invite);

        bench.event(
                call,
                "call.updated",
                data -> data.path("transfer_sip_code").asInt() == 200
                        && data.path("transfer_last").asBoolean());
        peer.send(peer.requestWithin(invite, ok, "BYE", 11).build(), invite);
        JsonNode over = bench.await(call, "hangup");
        assertThat(over.path("outcome").asText()).isEqualTo("completed");
        assertThat(over.path("hangup_by").asText()).isEqualTo("remote");
    }

    /** A number whose flow waits for somebody to decide. */
    private void number() throws Exception {
        String flow = bench.create(
                "/flows", "{\"name\":\"waits\",\"actions\":[{\"type\":\"sleep\",\"option\":{\"duration\":60000}}]}");
        String unused = bench.create("/numbers", "{\"e164\":\"+15551230003\",\"flow_id\":\"" + flow + "\"}");
    }

    private String incoming() throws Exception {
        JsonNode calls = bench.await(
                "/api/v1/calls?direction=incoming",
                all -> all.path("items").size() == 1
                        && all.path("items").path(0).path("status").asText().equals("ringing"));
        return calls.path("items").path(0).path("id").asText();
    }

    private Call dial() {
        return caller.dial(DialRequest.direct("sip:+15551230003@127.0.0.1:" + bench.sipPort));
    }

    @Test
    void aCallToUsIsAnsweredByWhoeverAsksForIt() throws Exception {
        number();
        Call call = dial();
        String id = incoming();

        bench.control(id, "answer", "{}");

        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        bench.await(id, "progressing");
        bench.hangUp(id);
        assertThat(call.awaitEnd().answered()).isTrue();
        assertThat(bench.await(id, "hangup").path("hangup_by").asText()).isEqualTo("local");
    }

    @Test
    void aCallToUsIsRejectedWithTheStatusThatIsAskedFor() throws Exception {
        number();
        Call call = dial();
        String id = incoming();

        bench.control(id, "reject", "{\"sip_code\":603}");

        assertThat(call.awaitEnd().sipCode()).hasValue(603);
        JsonNode over = bench.await(id, "hangup");
        assertThat(over.path("hangup_by").asText()).isEqualTo("local");
        assertThat(over.path("t_answer").isNull()).isTrue();
    }
}
