package dev.outdial.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\u0000b", "a\u0085b", "a\u2028b", "a\u007fb"})
    void noControlCharacterGetsIntoAHeader(String value) {
        assertThatThrownBy(() -> new Header("X-Name", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Credentials.of(value, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Credentials.of("x", value))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain(value);
    }

    @Test
    void aHeaderNameIsAToken() {
        assertThatThrownBy(() -> new Header("X: y", "z")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Header("", "z")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void credentialsShowNoPassword() {
        assertThat(Credentials.of("bob", "zanzibar").toString())
                .doesNotContain("zanzibar")
                .contains("bob");
        assertThat(new Header("Authorization", "Digest response=1").toString()).doesNotContain("Digest");
    }

    @Test
    void aBodyIsCopiedInAndOut() {
        byte[] bytes = {1, 2};
        var body = new MessageBody("application/sdp; charset=utf-8", bytes);
        bytes[0] = 9;
        body.bytes()[1] = 9;
        assertThat(body.bytes()).containsExactly(1, 2);
        assertThat(body.is("Application/SDP")).isTrue();
        assertThat(body).isEqualTo(new MessageBody("application/sdp; charset=utf-8", new byte[] {1, 2}));
    }

    @Test
    void anAddressIsReadWithItsNameAndTag() {
        var address = NameAddress.parse("\"A <b>;tag=x \\\" \" <sip:a@b;lr>;tag=7;x=\"a;b\"")
                .orElseThrow();
        assertThat(address.uri()).isEqualTo("sip:a@b;lr");
        assertThat(address.parameters()).containsEntry("tag", "7").containsEntry("x", "a;b");
        assertThat(NameAddress.parse("sip:a@b;tag=7").orElseThrow().parameters())
                .containsEntry("tag", "7");
        assertThat(NameAddress.parse("<>")).isEmpty();
        assertThat(NameAddress.parse("<sip:a")).isEmpty();
        assertThat(NameAddress.format(Optional.of("a\"b\\"), "sip:x")).isEqualTo("\"a\\\"b\\\\\" <sip:x>");
    }

    @Test
    void theReadersOfHeadersNeverThrow() {
        var random = new Random(7);
        String alphabet = "<>\";,=\\ab:tagsip  09%";
        for (int i = 0; i < 100_000; i++) {
            var text = new StringBuilder();
            int length = random.nextInt(30);
            for (int j = 0; j < length; j++) text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            String value = text.toString();
            NameAddress.parse(value)
                    .ifPresent(address -> assertThat(address.uri()).isNotEmpty());
            assertThat(Parameters.parse(value, ',')).doesNotContainKey("");
            Reasons.q850(Headers.of("Reason", value));
            Headers.leadingNumber(value);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Q.850;cause=17;text=\"User busy\" | 17",
                "q.850 ; cause = 16 | 16",
                "SIP;cause=200;text=\"Call completed elsewhere\" | -1",
                "Q.850;cause=999 | -1",
                "Q.850 | -1"
            })
    void theQ850CauseIsRead(String value, int expected) {
        assertThat(Reasons.q850(Headers.of("Reason", value)).orElse(-1)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "sip:x@192.0.2.7:5070, udp:192.0.2.7:5070",
        "sip:x@192.0.2.7:5070;transport=tcp, tcp:192.0.2.7:5070",
        "sip:x@198.51.100.1, tcp:198.51.100.1:5060",
        "sip:x@198.51.100.1:5080;transport=udp, udp:198.51.100.1:5080",
        "sip:x@example.com, tcp:198.51.100.1:5099",
        "sip:x@10.0.0.1, tcp:198.51.100.1:5099",
        "sip:x@127.0.0.1, tcp:198.51.100.1:5099",
        "sip:x@[2001:db8::5];lr, udp:[2001:db8:0:0:0:0:0:5]:5060",
        "garbage, tcp:198.51.100.1:5099"
    })
    void theNextHopOfADialogIsAnAddressOrTheFirstHop(String uri, String expected) {
        var first = new Hop(new InetSocketAddress("198.51.100.1", 5099), TransportProtocol.TCP);
        assertThat(NextHop.of(uri, first).toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "sip:x@PBX.example.com:5070, tcp:198.51.100.1:5070",
        "sip:x@pbx.example.com:5070;transport=tcp, tcp:198.51.100.1:5070",
        "sip:x@pbx.example.com:5070;transport=udp, tcp:198.51.100.1:5099",
        "sips:x@pbx.example.com:5071, tcp:198.51.100.1:5099",
        "sip:x@pbx.example.com, tcp:198.51.100.1:5099",
        "sip:x@other.example.com:5070, tcp:198.51.100.1:5099"
    })
    void theNameThatTheFirstHopWasFoundByLeadsToItsAddressAndThePortWritten(String uri, String expected)
            throws Exception {
        var found = InetAddress.getByAddress("pbx.example.com", new byte[] {(byte) 198, 51, 100, 1});
        var first = new Hop(new InetSocketAddress(found, 5099), TransportProtocol.TCP);
        assertThat(NextHop.of(uri, first).toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "sips:x@sip.example.com:5070, tls:198.51.100.1:5070 (sip.example.com)",
        "sip:x@192.0.2.7, tls:198.51.100.1:5099 (sip.example.com)",
        "sip:x@198.51.100.1:5060, tls:198.51.100.1:5099 (sip.example.com)",
        "sip:x@192.0.2.7:5070;transport=tcp, tls:198.51.100.1:5099 (sip.example.com)",
        "sip:x@192.0.2.7;transport=tls, tls:192.0.2.7:5061 (sip.example.com)",
        "sips:x@192.0.2.7:5070, tls:192.0.2.7:5070 (sip.example.com)",
        "sips:x@other.example.com, tls:198.51.100.1:5099 (sip.example.com)"
    })
    void aDialogThatBeganOnTlsStaysOnTlsAndWithTheNameItBeganWith(String uri, String expected) {
        var first = Hop.overTls(new InetSocketAddress("198.51.100.1", 5099), "sip.example.com");
        assertThat(NextHop.of(uri, first).toString()).isEqualTo(expected);
    }

    @Test
    void aTlsHopVerifiesANameAndNoOtherHopDoes() {
        var address = new InetSocketAddress("2001:db8::5", 5061);
        assertThat(new Hop(address, TransportProtocol.TLS).verifiedName()).contains("2001:db8:0:0:0:0:0:5");
        assertThat(new Hop(address, TransportProtocol.TLS)).hasToString("tls:[2001:db8:0:0:0:0:0:5]:5061");
        assertThat(Hop.overTls(address, "SIP.Example.com.").verifiedName()).contains("sip.example.com");
        assertThatThrownBy(() -> new Hop(address, TransportProtocol.TLS, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hop(address, TransportProtocol.TCP, Optional.of("sip.example.com")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHopIsResolvedAndHasAPort() {
        assertThatThrownBy(() -> new Hop(InetSocketAddress.createUnresolved("x", 1), TransportProtocol.UDP))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new Hop(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TransportProtocol.UDP))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
