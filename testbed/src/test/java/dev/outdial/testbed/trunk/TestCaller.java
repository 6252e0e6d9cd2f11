package dev.outdial.testbed.trunk;

import dev.outdial.testbed.message.DigestChallenge;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.message.SipMessageBuilder;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import dev.outdial.testbed.rtp.Rtcp;
import dev.outdial.testbed.rtp.RtcpPacket;
import dev.outdial.testbed.rtp.RtpPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A caller made of a {@link ScriptedPeer} and a socket for sound. */
final class TestCaller implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(5);

    private static final Pattern AUDIO_PORT = Pattern.compile("m=audio ([0-9]+) ");

    final ScriptedPeer peer = ScriptedPeer.open();
    final String callId = "call-" + peer.port() + "@caller";
    private final InetSocketAddress trunk;
    private final Wire wire;
    private final DatagramSocket rtp;
    private int cseq;
    private InetSocketAddress remote = new InetSocketAddress(0);

    TestCaller(LoopbackTrunk trunk, Wire wire) {
        this.trunk = trunk.address();
        this.wire = wire;
        try {
            rtp = new DatagramSocket(new InetSocketAddress(peer.address().getAddress(), 0));
            rtp.setSoTimeout((int) SOON.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String sdp() {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + rtp.getLocalPort()
                + " RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n";
    }

    SipMessageBuilder request(String method, String number) {
        cseq++;
        return SipMessage.request(method, "sip:" + number + "@127.0.0.1")
                .header("Via", peer.via(wire, method + cseq + callId))
                .header("From", "<sip:alice@127.0.0.1>;tag=caller")
                .header("To", "<sip:" + number + "@127.0.0.1>")
                .header("Call-ID", callId)
                .header("CSeq", cseq + " " + method)
                .header("Contact", peer.contact(wire));
    }

    SipMessage invite(String number) {
        var invite = request("INVITE", number).body("application/sdp", sdp()).build();
        send(invite);
        return invite;
    }

    void send(SipMessage message) {
        peer.send(message, wire, trunk);
    }

    Heard receive(int status) {
        return peer.receive(status, SOON);
    }

    /** The same request once more, with credentials for the challenge that came. */
    SipMessage authorized(SipMessage request, Heard challenge, String password) {
        boolean proxy = challenge.message().status() == 407;
        var asked = challenge
                .message()
                .header(proxy ? "Proxy-Authenticate" : "WWW-Authenticate")
                .orElseThrow();
        var answer = DigestChallenge.parse(asked)
                .orElseThrow()
                .answer("alice", password, request.method(), request.requestUri(), 1, "cnonce");
        cseq++;
        return request.toBuilder()
                .replace("CSeq", cseq + " " + request.method())
                .without("Via")
                .first("Via", peer.via(wire, request.method() + cseq + callId))
                .header(proxy ? "Proxy-Authorization" : "Authorization", answer.toHeader())
                .build();
    }

    /** The ACK of any final response to that INVITE. */
    void ack(SipMessage invite, Heard response) {
        boolean answered = response.message().status() < 300;
        send(SipMessage.request("ACK", invite.requestUri())
                .header(
                        "Via",
                        answered
                                ? peer.via(wire, "ack" + callId)
                                : invite.header("Via").orElseThrow())
                .header("From", invite.header("From").orElseThrow())
                .header("To", response.message().header("To").orElseThrow())
                .header("Call-ID", callId)
                .header("CSeq", invite.cseqNumber() + " ACK")
                .build());
        Matcher port = AUDIO_PORT.matcher(response.message().body());
        if (port.find()) remote = new InetSocketAddress(trunk.getAddress(), Integer.parseInt(port.group(1)));
    }

    void bye(Heard answer) {
        send(request("BYE", "callee")
                .replace("To", answer.message().header("To").orElseThrow())
                .build());
    }

    void cancel(SipMessage invite) {
        send(SipMessage.request("CANCEL", invite.requestUri())
                .header("Via", invite.header("Via").orElseThrow())
                .header("From", invite.header("From").orElseThrow())
                .header("To", invite.header("To").orElseThrow())
                .header("Call-ID", callId)
                .header("CSeq", invite.cseqNumber() + " CANCEL")
                .build());
    }

    void sendRtp(RtpPacket packet) {
        sendTo(packet.toBytes(), remote);
    }

    void sendRtcp(RtcpPacket... packets) {
        sendTo(Rtcp.write(List.of(packets)), new InetSocketAddress(remote.getAddress(), remote.getPort() + 1));
    }

    private void sendTo(byte[] bytes, InetSocketAddress to) {
        try {
            rtp.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RtpPacket receiveRtp() {
        var datagram = new DatagramPacket(new byte[2048], 2048);
        try {
            rtp.receive(datagram);
        } catch (IOException e) {
            throw new UncheckedIOException("no RTP", e);
        }
        return RtpPacket.parse(Arrays.copyOf(datagram.getData(), datagram.getLength()))
                .orElseThrow();
    }

    @Override
    public void close() {
        rtp.close();
        peer.close();
    }
}
