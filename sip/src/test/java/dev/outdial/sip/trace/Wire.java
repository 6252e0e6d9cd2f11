package dev.outdial.sip.trace;

import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.WireMessage;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Messages as they go over the wire, for tests. */
final class Wire {
    static final InetSocketAddress US = new InetSocketAddress("127.0.0.1", 5060);
    static final InetSocketAddress FAR_END = new InetSocketAddress("192.0.2.7", 5070);

    private Wire() {}

    static String request(String method, long cseq, String toTag, String... more) {
        return method + " sip:callee@192.0.2.7 SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK" + method + cseq + "\r\n"
                + "From: <sip:us@127.0.0.1>;tag=ours\r\n"
                + "To: <sip:callee@192.0.2.7;tag=no>" + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\r\n"
                + "Call-ID: call-1\r\n"
                + "CSeq: " + cseq + " " + method + "\r\n"
                + String.join("", more) + "\r\n";
    }

    static String response(int status, String reason, String method, long cseq, String... more) {
        return "SIP/2.0 " + status + " " + reason + "\r\n"
                + "v: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK" + method + cseq + "\r\n"
                + "f: <sip:us@127.0.0.1>;tag=ours\r\n"
                + "t: <sip:callee@192.0.2.7>;tag=theirs\r\n"
                + "i: call-1\r\n"
                + "CSeq: " + cseq + " " + method + "\r\n"
                + String.join("", more) + "\r\n";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static TracedMessage sent(long atMillis, String text) {
        return traced(atMillis, Direction.SENT, text);
    }

    static TracedMessage received(long atMillis, String text) {
        return traced(atMillis, Direction.RECEIVED, text);
    }

    private static TracedMessage traced(long atMillis, Direction direction, String text) {
        return TracedMessage.read(message(atMillis, direction, bytes(text))).orElseThrow();
    }

    static WireMessage message(long atMillis, Direction direction, byte[] bytes) {
        return new WireMessage(
                direction,
                TransportProtocol.UDP,
                US,
                FAR_END,
                bytes,
                Instant.ofEpochMilli(1_700_000_000_000L + atMillis),
                atMillis * 1_000_000);
    }
}
