package dev.outdial.dialer.trace;

import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.trace.MessageLog;
import dev.outdial.sip.trace.TracedMessage;
import dev.outdial.sip.transport.WireMessage;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Messages of calls as they may have gone over the wire, one after the other. */
final class Calls {
    static final String SECRET = "0123456789abcdef0123456789abcdef";
    static final Instant BEGUN = Instant.parse("2026-03-01T12:00:00.000000500Z");

    private static final InetSocketAddress US = new InetSocketAddress("192.0.2.7", 5060);
    private static final InetSocketAddress FAR_END = new InetSocketAddress("198.51.100.9", 5060);
    private static final String SDP = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n"
            + "m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";

    private final String callId;
    private final Instant begun;
    private final InetSocketAddress farEnd;
    private MessageLog log = MessageLog.EMPTY;

    private Calls(String callId, Instant begun, InetSocketAddress farEnd) {
        this.farEnd = farEnd;
        this.callId = callId;
        this.begun = begun;
    }

    /** A call that is answered after a challenge and an INVITE that was lost. */
    static MessageLog answered() {
        return new Calls("one@192.0.2.7", BEGUN, FAR_END)
                .sent(0, "INVITE sip:callee@example.com SIP/2.0", "1 INVITE", SDP)
                .received(21, "SIP/2.0 401 Unauthorized", "1 INVITE", "")
                .sent(22, "ACK sip:callee@example.com SIP/2.0", "1 ACK", "")
                .sent(24, "INVITE sip:callee@example.com SIP/2.0", "2 INVITE", SDP)
                .sent(524, "INVITE sip:callee@example.com SIP/2.0", "2 INVITE", SDP)
                .received(540, "SIP/2.0 100 Trying", "2 INVITE", "")
                .received(700, "SIP/2.0 180 Ringing <\"&'\u0001>", "2 INVITE", "")
                .received(5_400, "SIP/2.0 200 OK", "2 INVITE", SDP)
                .sent(5_402, "ACK sip:callee@example.com SIP/2.0", "2 ACK", "")
                .received(95_000, "BYE sip:us@192.0.2.7 SIP/2.0", "7 BYE", "")
                .sent(95_001, "SIP/2.0 200 OK", "7 BYE", "")
                .log;
    }

    /** A call that comes to nothing, a minute later. */
    static MessageLog busy() {
        return new Calls("two@192.0.2.7", BEGUN.plusSeconds(160), FAR_END)
                .sent(1_000_000, "INVITE sip:callee@example.com SIP/2.0", "1 INVITE", SDP)
                .received(1_000_030, "SIP/2.0 486 Busy Here", "1 INVITE", "")
                .sent(1_000_031, "ACK sip:callee@example.com SIP/2.0", "1 ACK", "")
                .log;
    }

    /** The same by way of somebody else. */
    static MessageLog busyElsewhere() {
        return new Calls("three@192.0.2.7", BEGUN.plusSeconds(170), new InetSocketAddress("2001:db8::1:17", 5080))
                .sent(0, "INVITE sip:a-callee-with-a-long-name@example.com SIP/2.0", "1 INVITE", SDP)
                .received(30, "SIP/2.0 480 Temporarily Unavailable, and more words than have room", "1 INVITE", "")
                .log;
    }

    private Calls sent(long atMillis, String startLine, String cseq, String body) {
        return message(atMillis, Direction.SENT, startLine, cseq, body);
    }

    private Calls received(long atMillis, String startLine, String cseq, String body) {
        return message(atMillis, Direction.RECEIVED, startLine, cseq, body);
    }

    private Calls message(long atMillis, Direction direction, String startLine, String cseq, String body) {
        String text = startLine + "\r\nVia: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK" + cseq.hashCode()
                + "\r\nFrom: <sip:us@example.com>;tag=a\r\nTo: <sip:callee@example.com>\r\nCall-ID: " + callId
                + "\r\nCSeq: " + cseq + "\r\n"
                + (cseq.startsWith("2 INVITE") && startLine.startsWith("INVITE")
                        ? "Authorization: Digest username=\"u\", response=\"" + SECRET + "\"\r\n"
                        : "")
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        // Told by the first message: a log begins anywhere on the clock for differences.
        long first = log.messages().isEmpty()
                ? atMillis * 1_000_000
                : log.messages().getFirst().atNanos();
        TracedMessage message = TracedMessage.read(new WireMessage(
                        direction,
                        TransportProtocol.UDP,
                        US,
                        farEnd,
                        text.getBytes(StandardCharsets.UTF_8),
                        begun.plusNanos(atMillis * 1_000_000 - first),
                        atMillis * 1_000_000))
                .orElseThrow();
        log = log.with(message);
        return this;
    }
}
