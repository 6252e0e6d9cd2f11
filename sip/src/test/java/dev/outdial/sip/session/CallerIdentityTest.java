package dev.outdial.sip.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.session.CallerIdentity.Diversion;
import dev.outdial.sip.session.CallerIdentity.Party;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerIdentityTest {
    private static final SipUri NUMBER = SipUri.of("+15551234", "example.com");

    @Test
    void aPlainCallerIsShownAsTheAccountSays() {
        Headers headers = inviteOf(CallerIdentity.PLAIN).request().headers();
        assertThat(headers.first("From").orElseThrow()).startsWith("\"A \\\"name\\\"\" <sip:1000@example.com>;tag=");
        for (String name :
                new String[] {"Privacy", "P-Asserted-Identity", "P-Preferred-Identity", "Diversion", "Identity"})
            assertThat(headers.first(name)).as(name).isEmpty();
    }

    @Test
    void whoeverIsAnonymousIsNamedNowhereButToATrunkThatIsAskedNotToTell() {
        OutboundRequest invite = inviteOf(CallerIdentity.PLAIN.withheld().asserting(Party.of(NUMBER)));
        Headers headers = invite.request().headers();
        assertThat(headers.first("From")).contains("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=us");
        assertThat(headers.first("Privacy")).contains("id");
        assertThat(headers.first("P-Asserted-Identity")).contains("<sip:+15551234@example.com>");

        var story = new Story(InviteOptions.USUAL.showing(CallerIdentity.PLAIN.withheld()))
                .answered()
                .hangUp();
        for (OutboundRequest request : story.sent)
            assertThat(request.request().headers().first("From").orElseThrow()).contains("anonymous.invalid");
    }

    @Test
    void everyPartIsWrittenAsItsStandardSays() {
        var identity = new CallerIdentity(
                false,
                Optional.of(new Party(NUMBER, Optional.of("Shop"))),
                Optional.of(Party.of(NUMBER)),
                Set.of("user", "header"),
                List.of(new Diversion(Party.of(NUMBER), "no-answer"), new Diversion(Party.of(NUMBER), "unconditional")),
                true,
                Optional.of("eyJ0.abc;info=<https://x.example/c.pem>;alg=ES256;ppt=shaken"));
        OutboundRequest invite = inviteOf(identity);
        Headers headers = invite.request().headers();
        assertThat(headers.first("P-Asserted-Identity")).contains("\"Shop\" <sip:+15551234@example.com>");
        assertThat(headers.first("P-Preferred-Identity")).contains("<sip:+15551234@example.com>");
        assertThat(headers.first("Privacy")).contains("header;user");
        assertThat(headers.all("Diversion"))
                .containsExactly(
                        "<sip:+15551234@example.com>;reason=no-answer",
                        "<sip:+15551234@example.com>;reason=unconditional");
        assertThat(headers.first("Identity").orElseThrow()).startsWith("eyJ0.abc;info=");
        assertThat(invite.request().uri()).isEqualTo("sip:2000@example.com;user=phone");
        assertThat(headers.first("To")).contains("<sip:2000@example.com;user=phone>");
        assertThat(headers.first("From").orElseThrow()).contains("<sip:1000@example.com;user=phone>");
    }

    @Test
    void whatIsNoNumberIsNotSaidToBeOne() {
        var phones = new CallerIdentity(
                false, Optional.empty(), Optional.empty(), Set.of(), List.of(), true, Optional.empty());
        assertThat(phones.numbered(SipUri.parse("sip:alice@example.com"))).hasToString("sip:alice@example.com");
        assertThat(phones.numbered(SipUri.parse("sip:+@example.com"))).hasToString("sip:+@example.com");
        assertThat(phones.numbered(SipUri.parse("sip:example.com"))).hasToString("sip:example.com");
        assertThat(phones.numbered(SipUri.parse("sip:+1555@example.com;transport=tcp")))
                .hasToString("sip:+1555@example.com;transport=tcp;user=phone");
    }

    @Test
    void controlCharactersNeverEnterAHeader() {
        for (String evil : new String[] {"a\r\nX: 1", "a\nb", "a\u0000", "a\u2028b"}) {
            assertThatThrownBy(() -> new Party(NUMBER, Optional.of(evil))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Diversion(Party.of(NUMBER), evil))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> identityHeader(evil)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> privacy(evil)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> InviteOptions.USUAL.via(List.of("<sip:" + evil + ">")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatIsTooMuchOrUnknownIsRefused() {
        assertThatThrownBy(() -> privacy("secret")).hasMessageContaining("'secret'");
        assertThatThrownBy(() -> identityHeader(" ")).hasMessageContaining("blank");
        assertThatThrownBy(() -> identityHeader("x".repeat(5_000))).hasMessageContaining("4096");
        assertThatThrownBy(() -> new Diversion(Party.of(NUMBER), "no answer")).hasMessageContaining("token");
        assertThatThrownBy(() -> InviteOptions.USUAL.via(List.of("sip:p.example.com;lr")))
                .hasMessageContaining("<sip:");
        assertThatThrownBy(() -> InviteOptions.USUAL.via(List.of("<tel:+1>"))).hasMessageContaining("<sip:");
        assertThatThrownBy(() -> InviteOptions.USUAL.via(Collections.nCopies(17, "<sip:p;lr>")))
                .hasMessageContaining("17 routes");
    }

    private static CallerIdentity identityHeader(String value) {
        return new CallerIdentity(
                false, Optional.empty(), Optional.empty(), Set.of(), List.of(), false, Optional.of(value));
    }

    private static CallerIdentity privacy(String value) {
        return new CallerIdentity(
                false, Optional.empty(), Optional.empty(), Set.of(value), List.of(), false, Optional.empty());
    }

    private static OutboundRequest inviteOf(CallerIdentity identity) {
        return new Story(InviteOptions.USUAL.showing(identity)).last();
    }
}
