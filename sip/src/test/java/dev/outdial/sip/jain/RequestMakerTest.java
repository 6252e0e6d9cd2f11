package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.TransportProtocol;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests look like that were put together and not read. */
class RequestMakerTest {
    private static final int SOME = 20_000;
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    @Test
    void aRequestIsWrittenLineByLineAsItIsMeant() throws Exception {
        SIPRequest made =
                made("sip:+15551234567@carrier.example;user=phone", headers("<sip:1001@carrier.example>;tag=a"));

        assertThat(made.encode()).isEqualTo("""
                        INVITE sip:+15551234567@carrier.example;user=phone SIP/2.0
                        Via: SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bK-1;rport
                        Route: <sip:edge.example;lr>,<sip:core.example;lr>
                        Max-Forwards: 70
                        From: <sip:1001@carrier.example>;tag=a
                        To: <sip:+15551234567@carrier.example>
                        Call-ID: 7b-1@host.example
                        CSeq: 2 INVITE
                        Contact: <sip:1001@127.0.0.1:5062;transport=udp>;expires=60;audio
                        X-Order: 17, of 20
                        User-Agent: Outdial
                        Allow: INVITE,ACK
                        Content-Type: application/sdp
                        Content-Length: 5

                        v=0
                        """.replace("\n", "\r\n"));
        assertThat(made.getFrom().getTag()).isEqualTo("a");
        assertThat(made.getTo().getTag()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:1001@carrier.example>;tag=a",
                "\"Ann\" <sip:1001@carrier.example>;tag=a;x=1",
                "\"Ann \\\"The\\\" Bee; <x>\" <sip:1001@[::1]:5070;transport=tcp>;tag=a",
                "\"Ann \\\"The\\\" <x>\" <sip:1001@carrier.example>;tag=a",
                "\"\" <sips:1001@carrier.example>",
                "Ann Bee <sip:1001@carrier.example>;tag=a",
                "sip:1001@carrier.example;tag=a",
                "<tel:+15551234567;phone-context=example.com>;tag=a",
                "<sip:a,b@carrier.example>;tag=a",
                "<sip:1001@carrier.example> ; tag=a",
                "<sip:1001@carrier.example>;tag=a;q=\"x y\"",
                "\"Zoë\" <sip:1001@carrier.example>;tag=a"
            })
    void whatIsPutTogetherSaysWhatJainSipWouldHaveRead(String from) throws Exception {
        String uri = "sip:+15551234567@carrier.example";

        assertThat(made(uri, headers(from)).encode().replace("\"\" <", "<"))
                .isEqualTo(read(uri, headers(from)).encode().replace("\"\" <", "<"));
    }

    @Test
    void anAddressOfIpv6StandsInBrackets() throws Exception {
        var local = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK_6), 5062);

        SIPRequest made = RequestMaker.request(outbound("sip:a@b.example", headers("<sip:c@d.example>")), local);

        assertThat(made.getTopmostVia().encode()).startsWith("Via: SIP/2.0/UDP [0:0:0:0:0:0:0:1]:5062;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:a b@c.example", "sip:<a>@c.example", "sip:\"a\"@c.example", "nothing"})
    void aUriThatWouldBreakTheMessageIsRefused(String uri) {
        assertThatThrownBy(() -> made(uri, headers("<sip:c@d.example>"))).isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> made("sip:a@b.example", headers('<' + uri + '>')))
                .isInstanceOf(ParseException.class);
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        assertThatThrownBy(() -> made("sip:a@b.example", Headers.of("CSeq", "one INVITE")))
                .isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> made("sip:a@b.example", Headers.of("CSeq", "INVITE")))
                .isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> made("sip:a@b.example", Headers.of("Max-Forwards", "256")))
                .isInstanceOf(ParseException.class);
    }

    @Test
    void whateverStandsInAnAddressIsWrittenOrRefusedAndNeverMore() {
        var random = new Random(20_261_123);
        String letters = "<>\"\\;=:, @sipatag1";
        int written = 0;
        for (int i = 0; i < SOME; i++) {
            var from = new StringBuilder(random.nextBoolean() ? "<sip:a@b>" : "");
            for (int n = random.nextInt(16); n > 0; n--) {
                from.insert(random.nextInt(from.length() + 1), letters.charAt(random.nextInt(letters.length())));
            }
            try {
                String encoded =
                        made("sip:a@b.example", headers(from.toString())).encode();
                assertThat(encoded.lines().filter(line -> line.startsWith("From:")))
                        .hasSize(1);
                written++;
            } catch (ParseException refused) {
                // Just as well.
            }
        }
        assertThat(written).isPositive();
    }

    private static Headers headers(String from) {
        return Headers.of(
                "Route", "<sip:edge.example;lr>",
                "Route", "<sip:core.example;lr>",
                "Max-Forwards", "70",
                "From", from,
                "To", "<sip:+15551234567@carrier.example>",
                "Call-ID", "7b-1@host.example",
                "CSeq", "2 INVITE",
                "User-Agent", "Outdial",
                "Allow", "INVITE,ACK",
                "Contact", "<sip:1001@127.0.0.1:5062;transport=udp>;expires=60;audio",
                "X-Order", "17, of 20");
    }

    private static OutboundRequest outbound(String uri, Headers headers) {
        var hop = new Hop(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060), TransportProtocol.UDP);
        var body = new MessageBody(MessageBody.SDP, "v=0\r\n".getBytes(StandardCharsets.US_ASCII));
        return new OutboundRequest(new SipRequest("INVITE", uri, headers, Optional.of(body)), hop, "z9hG4bK-1");
    }

    private static SIPRequest made(String uri, Headers headers) throws ParseException {
        return RequestMaker.request(
                outbound(uri, headers), new InetSocketAddress(InetAddress.getLoopbackAddress(), 5062));
    }

    /** The same, as jain-sip reads it. */
    private static SIPMessage read(String uri, Headers headers) throws ParseException {
        var text = new StringBuilder("INVITE " + uri + " SIP/2.0\r\n")
                .append("Via: SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bK-1;rport\r\n");
        headers.entries().stream()
                .filter(header -> !header.is("User-Agent") && !header.is("Allow"))
                .forEach(header -> text.append(header.name() + ": " + header.value() + "\r\n"));
        text.append("User-Agent: Outdial\r\nAllow: INVITE,ACK\r\nContent-Type: application/sdp\r\n");
        text.append("Content-Length: 5\r\n\r\nv=0\r\n");
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return new StringMsgParser().parseSIPMessage(bytes, true, false, null);
    }
}
