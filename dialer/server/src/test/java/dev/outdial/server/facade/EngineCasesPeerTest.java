package dev.outdial.server.facade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.rtp.RtpPacket;
import dev.outdial.testbed.rtp.TelephoneEvent;
import dev.outdial.testbed.sdp.AudioDescription;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The acceptance cases of engine and trunk whose far end does what no telephone of the testbed does. */
@Tag("slow")
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
class EngineCasesPeerTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int PCMU = 0;
    private static final int PCMA = 8;
    private static final int KEYS = 101;

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static FacadeBench bench;

    @SuppressWarnings("NullAway.Init")
    private static EngineCases api;

    @BeforeAll
    static void start() {
        bench = new FacadeBench(folder, DialPlan.empty());
        api = new EngineCases(bench);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    /** A trunk of its own, which does as it is told, and a call over it. */
    private static final class Peer implements AutoCloseable {
        final ScriptedPeer sip = ScriptedPeer.open();
        final DatagramSocket rtp = port();
        // It is part of its branches, which are to be unlike those of the other peers.
        final String tag;
        final String call;
        final Heard invite;

        Peer(String name) throws Exception {
            tag = name;
            String unused = api.trunk(name, sip.port(), ",\"register\":false,\"password\":\"secret\"");
            call = api.call(name, "2000", "");
            invite = sip.receive("INVITE", SOON);
        }

        static DatagramSocket port() throws IOException {
            var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setSoTimeout((int) SOON.toMillis());
            return socket;
        }

        static String sdp(int version, int payloadType, int port, String direction) {
            return """
                    v=0
                    o=bob 1 %d IN IP4 127.0.0.1
                    s=-
                    c=IN IP4 127.0.0.1
                    t=0 0
                    m=audio %d RTP/AVP %d %d
                    a=rtpmap:%d telephone-event/8000
                    a=%s
                    """.formatted(version, port, payloadType, KEYS, KEYS, direction)
                    .replace("\n", "\r\n");
        }

        String sdp() {
            return sdp(1, PCMU, rtp.getLocalPort(), "sendrecv");
        }

        SipMessage answer() throws Exception {
            SipMessage ok = sip.answer(invite, tag, sdp());
            Heard unused = sip.receive("ACK", SOON);
            JsonNode now = api.await(call, EngineCases.ANSWERED);
            assertThat(now.path("codec").asText()).isEqualTo("PCMU");
            return ok;
        }

        Heard ask(SipMessage ok, String method, int cseq, int status) {
            sip.send(sip.requestWithin(invite, ok, method, cseq).build(), invite);
            Heard reply = reply(status, cseq);
            assertThat(reply.message().header("CSeq")).contains(cseq + " " + method);
            return reply;
        }

        Heard reply(int status, int cseq) {
            return sip.receive(
                    status + " to " + cseq,
                    heard -> heard.message().status() == status
                            && heard.message().cseqNumber() == cseq,
                    SOON);
        }

        Heard reinvite(SipMessage ok, int cseq, String sdp) {
            sip.send(
                    sip.requestWithin(invite, ok, "INVITE", cseq)
                            .body("application/sdp", sdp)
                            .build(),
                    invite);
            Heard answer = reply(200, cseq);
            sip.send(sip.requestWithin(invite, ok, "ACK", cseq).build(), invite);
            return answer;
        }

        /** It hangs up. @return as the call is then */
        JsonNode bye(SipMessage ok, int cseq) throws Exception {
            Heard unused = ask(ok, "BYE", cseq, 200);
            return api.over(call);
        }

        @Override
        public void close() {
            sip.close();
            rtp.close();
        }
    }

    private static RtpPacket heard(DatagramSocket socket) throws IOException {
        var datagram = new DatagramPacket(new byte[1500], 1500);
        socket.receive(datagram);
        return RtpPacket.parse(Arrays.copyOf(datagram.getData(), datagram.getLength()))
                .orElseThrow();
    }

    @Test
    @DisplayName("E02: a 407 is answered, a stale nonce once more with the new one, and the call succeeds")
    void e02() throws Exception {
        try (var peer = new Peer("e02")) {
            Heard first = challenged(peer, peer.invite, "first", false);
            assertThat(first.message().header("Proxy-Authorization").orElseThrow())
                    .contains("nonce=\"first\"");
            Heard second = challenged(peer, first, "second", true);
            assertThat(second.message().header("Proxy-Authorization").orElseThrow())
                    .contains("nonce=\"second\"");
            SipMessage ok = peer.sip.answer(second, peer.tag, peer.sdp());
            Heard unused = peer.sip.receive(
                    "ACK",
                    heard -> heard.message().isRequest("ACK")
                            && heard.message().cseqNumber() == second.message().cseqNumber(),
                    SOON);
            JsonNode up = api.await(peer.call, EngineCases.ANSWERED);
            assertThat(up.path("attempts").asInt()).isEqualTo(1);
            peer.sip.send(peer.sip.requestWithin(second, ok, "BYE", 10).build(), second);
            assertThat(api.over(peer.call).path("outcome").asText()).isEqualTo("completed");
            assertThat(peer.sip.countOf("INVITE")).isEqualTo(3);
        }
    }

    /** Challenges an INVITE. @return the one that follows */
    private static Heard challenged(Peer peer, Heard invite, String nonce, boolean stale) {
        SipMessage unused = peer.sip.reply(
                invite,
                407,
                "gate",
                reply -> reply.header(
                        "Proxy-Authenticate",
                        "Digest realm=\"trunk\", nonce=\"" + nonce + "\", algorithm=MD5, qop=\"auth\", stale="
                                + stale));
        return peer.sip.receive(
                "the next INVITE",
                heard -> heard.message().isRequest("INVITE")
                        && heard.message().cseqNumber() > invite.message().cseqNumber(),
                SOON);
    }

    @Test
    @DisplayName("E04: a far end that holds, and goes on at another address in another codec, is followed")
    void e04() throws Exception {
        try (var peer = new Peer("e04");
                var elsewhere = Peer.port()) {
            SipMessage ok = peer.answer();
            assertThat(heard(peer.rtp).payloadType()).isEqualTo(PCMU);

            Heard hold = peer.reinvite(ok, 10, Peer.sdp(2, PCMU, peer.rtp.getLocalPort(), "sendonly"));
            assertThat(hold.message().body()).contains("a=recvonly");
            Heard moved = peer.reinvite(ok, 11, Peer.sdp(3, PCMA, elsewhere.getLocalPort(), "sendrecv"));

            AudioDescription ours =
                    AudioDescription.parse(moved.message().body()).orElseThrow();
            assertThat(ours.formats().getFirst().payloadType()).isEqualTo(PCMA);
            assertThat(moved.message().body()).contains("a=sendrecv");
            RtpPacket there = heard(elsewhere);
            assertThat(there.payloadType()).isEqualTo(PCMA);
            assertThat(api.awaitEvents(peer.call, "call.updated", 2))
                    .extracting(
                            event -> event.path("data").path("held_by_far_end").asText())
                    .containsExactly("true", "false");
            assertThat(peer.bye(ok, 12).path("outcome").asText()).isEqualTo("completed");
        }
    }

    @Test
    @DisplayName("E05: a lost ACK, a 200 and requests that come again: all is answered again, nothing is told twice")
    void e05() throws Exception {
        try (var peer = new Peer("e05")) {
            SipMessage ok = peer.answer();
            for (int i = 0; i < 2; i++) {
                peer.sip.send(ok, peer.invite);
                Heard ack = peer.sip.receive("ACK", SOON);
                assertThat(ack.message().cseqNumber())
                        .isEqualTo(peer.invite.message().cseqNumber());
            }
            SipMessage key = peer.sip
                    .requestWithin(peer.invite, ok, "INFO", 10)
                    .body("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n")
                    .build();
            SipMessage bye = peer.sip.requestWithin(peer.invite, ok, "BYE", 11).build();
            for (SipMessage request : new SipMessage[] {key, key, key, bye, bye}) {
                peer.sip.send(request, peer.invite);
                Heard unused = peer.reply(200, (int) request.cseqNumber());
                Thread.sleep(500); // T1: the world outside sends nothing again sooner
            }

            JsonNode over = api.over(peer.call);
            assertThat(over.path("outcome").asText()).isEqualTo("completed");
            assertThat(over.path("digits_all").asText()).isEqualTo("5");
            assertThat(api.types(peer.call))
                    .containsOnlyOnce("call.answered", "dtmf.received", "call.ended")
                    .endsWith("call.ended");
        }
    }

    @Test
    @DisplayName("E06: a 200 that crosses CANCEL gets ACK and BYE; the call was canceled and never answered")
    void e06() throws Exception {
        try (var peer = new Peer("e06")) {
            SipMessage ringing = peer.sip.reply(peer.invite, 180, peer.tag);
            JsonNode rings = api.await(peer.call, "ringing");
            assertThat(rings.path("t_answer").isNull() && ringing.status() == 180)
                    .isTrue();
            api.hangUp(peer.call);
            Heard cancel = peer.sip.receive("CANCEL", SOON);
            SipMessage ok = peer.sip.answer(peer.invite, peer.tag, peer.sdp());
            SipMessage canceled = peer.sip.reply(cancel, 200, peer.tag);
            Heard ack = peer.sip.receive("ACK", SOON);
            Heard bye = peer.sip.receive("BYE", SOON);
            peer.sip.reply(bye, 200, "");

            assertThat(ack.message().toTag()).isEqualTo(ok.toTag()).isEqualTo(canceled.toTag());
            JsonNode over = api.over(peer.call);
            assertThat(over.path("outcome").asText()).as(over.toString()).isEqualTo("canceled");
            assertThat(over.path("hangup_reason").asText()).as(over.toString()).isEqualTo("cancel");
            assertThat(api.types(peer.call)).doesNotContain("call.answered").containsOnlyOnce("call.ended");
        }
    }

    @Test
    @DisplayName("E07: BYE of both ends cross: both are answered 200, and the call ends once")
    void e07() throws Exception {
        try (var peer = new Peer("e07")) {
            SipMessage ok = peer.answer();
            api.hangUp(peer.call);
            Heard ours = peer.sip.receive("BYE", SOON);
            Heard theirs = peer.ask(ok, "BYE", 10, 200);
            peer.sip.reply(ours, 200, "");

            assertThat(theirs.message().callId()).isEqualTo(ours.message().callId());
            assertThat(api.over(peer.call).path("outcome").asText()).isEqualTo("completed");
            assertThat(api.types(peer.call)).containsOnlyOnce("call.ended").endsWith("call.ended");
        }
    }

    @Test
    @DisplayName("E09: keys whose last packets are lost are told once each")
    void e09() throws Exception {
        try (var peer = new Peer("e09")) {
            SipMessage ok = peer.answer();
            AudioDescription to =
                    AudioDescription.parse(peer.invite.message().body()).orElseThrow();
            int keys = to.format("telephone-event").orElseThrow().payloadType();
            var ours = new InetSocketAddress(to.host(), to.port());
            int sequence = 100;
            long timestamp = 16_000;
            for (char key : "57".toCharArray()) {
                // Five packets of it, and no end; then ordinary sound goes on, 20 ms apart as it is spoken.
                for (int i = 0; i < 30; i++) {
                    byte[] payload = i < 5
                            ? new TelephoneEvent(TelephoneEvent.eventOf(key), false, 10, 160 * (i + 1)).toBytes()
                            : silence();
                    var packet = new RtpPacket(
                            i < 5 ? keys : PCMU,
                            i == 0,
                            sequence++,
                            i < 5 ? timestamp : timestamp + 160L * i,
                            0x5EC0_4D5AL,
                            payload);
                    byte[] bytes = packet.toBytes();
                    peer.rtp.send(new DatagramPacket(bytes, bytes.length, ours));
                    Thread.sleep(20); // the world outside speaks as fast as it does
                }
                timestamp += 160L * 30;
            }

            assertThat(api.awaitEvents(peer.call, "dtmf.received", 2))
                    .extracting(event -> event.path("data").path("digit").asText())
                    .containsExactly("5", "7");
            assertThat(peer.bye(ok, 10).path("digits_all").asText()).isEqualTo("57");
            assertThat(api.events(peer.call, "dtmf.received")).hasSize(2);
        }
    }

    private static byte[] silence() {
        var silence = new byte[160];
        Arrays.fill(silence, (byte) 0xFF);
        return silence;
    }

    @Test
    @DisplayName("E16: INFO, UPDATE, OPTIONS and what nobody knows are answered within the call, which stays")
    void e16() throws Exception {
        try (var peer = new Peer("e16")) {
            SipMessage ok = peer.answer();
            int cseq = 10;
            for (String method : new String[] {"INFO", "UPDATE", "OPTIONS"}) {
                assertThat(peer.ask(ok, method, cseq++, 200).message().callId()).isEqualTo(ok.callId());
            }
            assertThat(peer.ask(ok, "MESSAGE", cseq++, 405).message().header("Allow"))
                    .isPresent();
            assertThat(peer.ask(ok, "FROBNICATE", cseq++, 501).message().callId())
                    .isEqualTo(ok.callId());

            assertThat(api.get("/calls/" + peer.call).path("status").asText()).isEqualTo(EngineCases.ANSWERED);
            assertThat(peer.bye(ok, cseq).path("outcome").asText()).isEqualTo("completed");
        }
    }
}
