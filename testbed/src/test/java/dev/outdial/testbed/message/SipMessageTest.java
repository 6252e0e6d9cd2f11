package dev.outdial.testbed.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SipMessageTest {
    private static SipMessage parse(String text) {
        return SipMessage.parse(text.replace("\n", "\r\n")).orElseThrow();
    }

    @Test
    void compactNamesFoldedLinesAndListsAreUnderstood() {
        var message = parse("""
                INVITE sip:1000@127.0.0.1 SIP/2.0
                v: SIP/2.0/UDP a:5060;branch=z9hG4bK1, SIP / 2.0 / TCP [::1]:5070 ; branch=z9hG4bK2
                v: SIP/2.0/UDP c;branch=z9hG4bK3
                f: "A, \\"B\\"" <sip:alice@host>;tag=t1
                t: sip:1000@127.0.0.1
                i: call
                 -id
                CSeq: 17	INVITE
                l: 4

                body and more""");

        assertThat(message.values("Via")).hasSize(3);
        assertThat(message.branch()).isEqualTo("z9hG4bK1");
        assertThat(Via.parse(message.values("Via").get(1)).orElseThrow())
                .isEqualTo(new Via("TCP", "[::1]", 5070, Parameters.parse(";branch=z9hG4bK2", ';')));
        assertThat(message.from().orElseThrow().displayName()).isEqualTo("A, \"B\"");
        assertThat(message.fromTag()).isEqualTo("t1");
        assertThat(message.toTag()).isEmpty();
        assertThat(message.callId()).isEqualTo("call -id");
        assertThat(message.cseqNumber()).isEqualTo(17);
        assertThat(message.body()).isEqualTo("body");
    }

    @Test
    void aMessageIsWrittenAsItWasRead() {
        var text = "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a\r\nX: y\r\nContent-Length: 2\r\n\r\nhi";

        assertThat(new String(SipMessage.parse(text).orElseThrow().toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @Test
    void aReplyHasWhatTheRfcCopiesAndTheTagOnce() {
        var request = parse("""
                INVITE sip:1000@x SIP/2.0
                Via: SIP/2.0/UDP a;branch=z9hG4bK1
                Record-Route: <sip:proxy;lr>
                From: <sip:a@x>;tag=f
                To: <sip:1000@x>
                Call-ID: c
                CSeq: 1 INVITE

                """);

        var ringing = Replies.to(request, 180, "me").build();
        var busy = Replies.to(request, 486, "me").build();

        assertThat(ringing.toTag()).isEqualTo("me");
        assertThat(ringing.values("Record-Route")).containsExactly("<sip:proxy;lr>");
        assertThat(ringing.method()).isEqualTo("INVITE");
        assertThat(busy.values("Record-Route")).isEmpty();
        assertThat(busy.startLine()).isEqualTo(new StartLine.Status(486, "Busy Here"));
        var within = request.toBuilder().replace("To", "<sip:1000@x>;tag=known").build();
        assertThat(Replies.to(within, 200, "me").build().toTag()).isEqualTo("known");
    }

    @Test
    void theTopmostViaSaysWhereTheRequestCameFrom() {
        var request = parse("OPTIONS sip:x SIP/2.0\nVia: SIP/2.0/UDP h:5060;branch=b;rport, SIP/2.0/UDP i\n\n");

        var noted = request.withVia(request.via().orElseThrow().receivedFrom("192.0.2.9", 1234));

        assertThat(noted.values("Via"))
                .containsExactly("SIP/2.0/UDP h:5060;branch=b;rport=1234;received=192.0.2.9", "SIP/2.0/UDP i");
    }

    @Test
    void urisComeApart() {
        assertThat(SipUri.parse("sip:+1555;phone-context=x:pw@[::1]:5061;transport=tcp?h=1")
                        .orElseThrow())
                .isEqualTo(new SipUri("sip", "+1555", "[::1]", 5061, Parameters.parse(";transport=tcp", ';')));
        assertThat(SipUri.parse("tel:+1555;ext=1").orElseThrow().user()).isEqualTo("+1555");
        assertThat(SipUri.parse("sips:host").orElseThrow().portOrDefault()).isEqualTo(5061);
        assertThat(SipUri.parse("http://host")).isEmpty();
        assertThat(SipUri.parse("sip:host:99999")).isEmpty();
    }

    @Test
    void aStreamIsCutIntoMessagesWhereverItsPiecesEnd() {
        var one = "MESSAGE sip:x SIP/2.0\r\nContent-Length: 3\r\n\r\nabc";
        var bytes = (one + "\r\n\r\n" + one).getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece < bytes.length; piece++) {
            var stream = new MessageStream();
            int count = 0;
            for (int at = 0; at < bytes.length; at += piece) {
                count += stream.feed(bytes, at, Math.min(piece, bytes.length - at))
                        .size();
            }
            assertThat(count).as("pieces of %d bytes", piece).isEqualTo(2);
        }
    }

    @Test
    void aStreamThatCannotBeSipOrIsTooLongIsBroken() {
        var http = new MessageStream();
        http.feed("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8), 0, 18);
        var lying = new MessageStream();
        var head = "MESSAGE sip:x SIP/2.0\r\nContent-Length: 2000000000\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        lying.feed(head, 0, head.length);
        var endless = new MessageStream();
        for (int i = 0; i < 70; i++) endless.feed(new byte[1024], 0, 1024);

        assertThat(http.broken()).isTrue();
        assertThat(lying.broken()).isTrue();
        assertThat(endless.broken()).isTrue();
    }
}
