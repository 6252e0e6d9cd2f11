package dev.outdial.dialer.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.call.LegPlan;
import dev.outdial.sip.message.Credentials;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrunkTest {
    private static final Trunk CARRIER = Trunk.of("carrier", "sip:alice@example.com");

    @Test
    void aTrunkRegistersUnlessItIsToldNotTo() {
        assertThat(CARRIER.register()).isTrue();
        assertThat(CARRIER.withoutRegistration().register()).isFalse();
    }

    @Test
    void whatIsSetIsKeptBesideWhatWasSetBefore() {
        Trunk trunk = CARRIER.withCredentials("auth", "wonder")
                .withCallerId("+15550100123")
                .withDisplayName("Alice")
                .withoutRegistration();

        assertThat(trunk.user()).hasValue("auth");
        assertThat(trunk.password()).hasValue("wonder");
        assertThat(trunk.callerId()).hasValue("+15550100123");
        assertThat(trunk.displayName()).hasValue("Alice");
        assertThat(trunk.uri()).isEqualTo(CARRIER.uri());
    }

    @Test
    void thePasswordIsForTheRealmThatIsNamedAlone() {
        Trunk trunk = CARRIER.withPassword("wonder").withRealm("pbx.example").withCallerId("100");

        assertThat(trunk.realm()).hasValue("pbx.example");
        assertThat(LegPlan.credentials(trunk)).hasValue(new Credentials("alice", "wonder", Optional.of("pbx.example")));
        assertThat(LegPlan.credentials(CARRIER.withPassword("wonder"))).hasValue(Credentials.of("alice", "wonder"));
        assertThatThrownBy(() -> trunk.withRealm("")).hasMessageContaining("realm");
        assertThatThrownBy(() -> trunk.withRealm("a\r\nb")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itIsAskedByOptionsNeitherTooOftenNorTooSeldom() {
        Trunk asked =
                CARRIER.askedEvery(Duration.ofSeconds(30)).withCallerId("100").withRealm("pbx.example");

        assertThat(CARRIER.optionsEvery()).isEmpty();
        assertThat(asked.optionsEvery()).hasValue(Duration.ofSeconds(30));
        assertThatThrownBy(() -> CARRIER.askedEvery(Duration.ofMillis(999)))
                .hasMessage("trunk carrier: OPTIONS every 999 ms: 1 s to 1 h is expected");
        assertThatThrownBy(() -> CARRIER.askedEvery(Duration.ofMinutes(61))).hasMessageContaining("1 s to 1 h");
    }

    @Test
    void aProxyIsAHostOrAUriAndHasTheTransportOfTheTrunkUnlessItSaysOtherwise() {
        Trunk overTls = Trunk.of("carrier", "sip:alice@example.com;transport=tls");

        assertThat(CARRIER.outboundProxy()).isEmpty();
        assertThat(CARRIER.withOutboundProxy("edge.example:5070").outboundProxy())
                .hasValue("sip:edge.example:5070");
        assertThat(CARRIER.withOutboundProxy("[2001:db8::1]").outboundProxy()).hasValue("sip:[2001:db8::1]");
        assertThat(overTls.withOutboundProxy("edge.example").outboundProxy())
                .hasValue("sip:edge.example;transport=tls");
        assertThat(overTls.withOutboundProxy("sip:edge.example").outboundProxy())
                .hasValue("sip:edge.example");
        assertThat(overTls.withOutboundProxy("edge.example;transport=tcp").outboundProxy())
                .hasValue("sip:edge.example;transport=tcp");
        assertThat(overTls.withOutboundProxy("edge.example").withCallerId("100").outboundProxy())
                .isPresent();
        assertThatThrownBy(() -> CARRIER.withOutboundProxy("me@edge.example")).hasMessageContaining("has a user");
        assertThatThrownBy(() -> CARRIER.withOutboundProxy("edge example")).hasMessageContaining("edge example");
        assertThatThrownBy(() -> CARRIER.withOutboundProxy("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRegistrationIsAskedForHalfAMinuteToADay() {
        assertThat(CARRIER.expires()).isEqualTo(Duration.ofMinutes(5));
        assertThat(CARRIER.registeringFor(Duration.ofHours(1)).expires()).isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(() -> CARRIER.registeringFor(Duration.ofSeconds(29)))
                .hasMessage("trunk carrier: a registration for 29000 ms: 30 s to 24 h is expected");
        assertThatThrownBy(() -> CARRIER.registeringFor(Duration.ofHours(25))).hasMessageContaining("30 s to 24 h");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(CARRIER.withPassword("wonder").toString())
                .contains("carrier")
                .doesNotContain("wonder");
    }

    @Test
    void whatCannotBeUsedIsRefusedWhereItIsTyped() {
        assertThatThrownBy(() -> Trunk.of("carrier", "example.com")).hasMessageContaining("sip:");
        assertThatThrownBy(() -> Trunk.of("direct", "sip:example.com")).hasMessageContaining("direct");
        assertThatThrownBy(() -> Trunk.of("carrier", "sip:example.com").withPassword("wonder"))
                .hasMessageContaining("a password without a user");
        assertThatThrownBy(() -> CARRIER.withPassword("wonder\n")).hasMessageNotContaining("wonder");
        assertThatThrownBy(() -> CARRIER.withDisplayName("Eve\r\nX-Evil: 1"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
