package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static Account behind(String proxy) {
        return new Account(
                SipUri.parse("sip:1000@carrier.example"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(SipUri.parse(proxy)));
    }

    @Test
    void aProxyIsALooseRouter() {
        assertThat(behind("sip:edge.example").routes()).containsExactly("<sip:edge.example;lr>");
        assertThat(behind("sip:edge.example:5070;transport=tcp;lr").routes())
                .containsExactly("<sip:edge.example:5070;transport=tcp;lr>");
        assertThat(behind("sip:[2001:db8::1]:5070").routes()).containsExactly("<sip:[2001:db8::1]:5070;lr>");
    }

    @Test
    void itStandsBeforeTheServiceRouteUnlessThatBeginsWithIt() {
        List<String> inner = List.of("<sip:p2.example;lr>");
        assertThat(behind("sip:edge.example").routes(inner))
                .containsExactly("<sip:edge.example;lr>", "<sip:p2.example;lr>");
        List<String> both = List.of("<sip:EDGE.example:5060;x=1;lr>", "<sip:p2.example;lr>");
        assertThat(behind("sip:edge.example").routes(both)).isEqualTo(both);
        assertThat(behind("sip:edge.example:5070").routes(both)).hasSize(3);
        assertThat(behind("sip:edge.example").routes(List.of("<tel:1>"))).hasSize(2);
    }

    @Test
    void withoutOneNothingIsAdded() {
        var plain = new Account(SipUri.parse("sip:1000@carrier.example"), Optional.empty(), Optional.empty());
        assertThat(plain.routes()).isEmpty();
        assertThat(plain.routes(List.of("<sip:p2.example;lr>"))).containsExactly("<sip:p2.example;lr>");
    }

    @Test
    void aProxyWithAUserIsRefused() {
        assertThatThrownBy(() -> behind("sip:me@edge.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the outbound proxy has a user");
    }
}
