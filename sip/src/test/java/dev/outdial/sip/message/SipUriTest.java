package dev.outdial.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipUriTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:1000@example.com",
                "sip:+15551234567@example.com:5070;transport=tcp",
                "sips:bob@[2001:db8::1]:5061",
                "sip:example.com",
                "sip:[::1];transport=udp;lr",
                "sip:a%20b%40c@host;user=phone",
                "sip:j%C3%B6rg@host",
                "sip:*72%23@10.0.0.1"
            })
    void aUriComesBackAsItWasWritten(String text) {
        assertThat(SipUri.parse(text).toString()).isEqualTo(text);
    }

    @Test
    void aPasswordThatWasTypedIntoAUriIsNotRepeated() {
        for (String typed : List.of("alice:hunter2@example.com", "sip:alice:hunter2@exa mple", "ip:alice:hunter2@host"))
            assertThatThrownBy(() -> SipUri.parse(typed)).hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> SipUri.parse("sip:@example.com")).hasMessageContaining("sip:@example.com");
    }

    @Test
    void thePartsAreRead() {
        SipUri uri = SipUri.parse("SIP:a%40b@[2001:db8::1]:5070;Transport=TCP;ob");
        assertThat(uri.user()).contains("a@b");
        assertThat(uri.host()).isEqualTo("[2001:db8::1]");
        assertThat(uri.port()).hasValue(5070);
        assertThat(uri.transport()).isEqualTo(TransportProtocol.TCP);
        assertThat(uri.parameters()).containsEntry("ob", "");
        assertThat(SipUri.parse("sips:x@y").portOrDefault()).isEqualTo(5061);
        assertThat(SipUri.parse("sip:x@y").portOrDefault()).isEqualTo(5060);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1000",
                "tel:+1555",
                "sip:",
                "sip:@host",
                "sip:user@",
                "sip:u@host:",
                "sip:u@host:99999",
                "sip:u@host:0",
                "sip:u@host:5x",
                "sip:u@ho st",
                "sip:u@host?Subject=x",
                "sip:u%4@host",
                "sip:u%zz@host",
                "sip:u@host;transport=ws",
                "sip:u@host;a=1;a=2",
                "sip:u@host;a=b c",
                "sip:u@[::1",
                "sip:u@::1",
                "sip:u\r\nVia: x@host",
                "sip:u%0d%0a@host",
                "sip:<u>@host",
                "sip:u%ff@host",
                "sip:u@host;=x",
                "sip:u@host;"
            })
    void whatIsNoUriIsRefusedWithASentence(String text) {
        assertThatThrownBy(() -> SipUri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("\r", "\n");
    }

    @Test
    void aPasswordInAUriIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> SipUri.parse("sip:bob:secret@host"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aHostNameIsWhatTheGrammarSays() {
        var grammar = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?\\.?");
        long seed = 20261123;
        var random = new Random(seed);
        String alphabet = "abZ09_-..-:@\u00e9";
        for (int i = 0; i < 100_000; i++) {
            int length = random.nextInt(10) == 0 ? 248 + random.nextInt(10) : random.nextInt(9);
            int letters = random.nextBoolean() ? 5 : alphabet.length();
            var host = new StringBuilder();
            for (int j = 0; j < length; j++) host.append(alphabet.charAt(random.nextInt(letters)));
            assertThat(isHost(host.toString()))
                    .as("seed %d: %s", seed, host)
                    .isEqualTo(grammar.matcher(host).matches());
        }
    }

    private static boolean isHost(String text) {
        try {
            SipUriParser.checkHost(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void anyTextIsEitherAUriThatComesBackOrRefused() {
        long seed = 20261121;
        var random = new Random(seed);
        String alphabet = "sip:@;=%[]<>\"?&ab1.09-_ \r\n\u0000\u00e9,/\\";
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder(random.nextInt(4) == 0 ? "" : "sip:");
            int length = random.nextInt(24);
            for (int j = 0; j < length; j++) text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            SipUri uri;
            try {
                uri = SipUri.parse(text.toString());
            } catch (IllegalArgumentException e) {
                continue;
            }
            assertThat(SipUri.parse(uri.toString()))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(uri);
        }
    }
}
