package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.trunk.DialFormat;
import dev.outdial.dialer.trunk.Trunk;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressingTest {
    private static final Optional<Trunk> TRUNK =
            Optional.of(Trunk.of("carrier", "sip:alice@sip.example.com:5070;transport=tcp"));

    @Test
    void aNumberIsDialledAtTheTrunk() {
        assertThat(Addressing.target(TRUNK, " +1 (555) 123-45.67 ").toString())
                .isEqualTo("sip:+15551234567@sip.example.com:5070;transport=tcp");
        assertThat(Addressing.target(TRUNK, "1000").user()).hasValue("1000");
        assertThat(Addressing.target(TRUNK, "j.doe-2").user()).hasValue("j.doe-2");
    }

    @Test
    void whatATrunkWantsAroundNumbersIsPutAroundNumbersAlone() {
        Optional<Trunk> trunk = TRUNK.map(plain -> plain.withFormat(DialFormat.PLAIN.around("99#", "*1")));

        assertThat(Addressing.target(trunk, "+1 555 1234567").user()).hasValue("99#+15551234567*1");
        assertThat(Addressing.target(trunk, "+1 555 1234567").toString())
                .isEqualTo("sip:99%23+15551234567*1@sip.example.com:5070;transport=tcp");
        assertThat(Addressing.target(trunk, "j.doe").user()).hasValue("j.doe");
        assertThat(Addressing.target(trunk, "sip:1000@192.0.2.7").toString()).isEqualTo("sip:1000@192.0.2.7");
    }

    @Test
    void aSipUriIsDialledAsItStands() {
        assertThat(Addressing.target(Optional.empty(), "sip:bob@192.0.2.7:5080").toString())
                .isEqualTo("sip:bob@192.0.2.7:5080");
    }

    @Test
    void whatCannotBeDialledIsSaid() {
        assertThatThrownBy(() -> Addressing.target(Optional.empty(), "1000")).hasMessageContaining("over a trunk only");
        assertThatThrownBy(() -> Addressing.target(TRUNK, "two words")).hasMessageContaining("neither a number");
        assertThatThrownBy(() -> Addressing.target(TRUNK, "1000\r\nX-Evil: 1"))
                .hasMessageContaining("neither a number");
        assertThatThrownBy(() -> Addressing.target(TRUNK, "sip:192.0.2.7")).hasMessageContaining("names nobody");
    }

    @Test
    void aSipsUriIsNotDialledOverATrunkInTheClear() {
        assertThatThrownBy(() -> Addressing.target(TRUNK, "sips:bob@sip.example.com"))
                .hasMessageContaining("asks for TLS");
        var secure = Optional.of(Trunk.of("carrier", "sip:alice@sip.example.com;transport=tls"));
        assertThat(Addressing.target(secure, "sips:bob@sip.example.com").toString())
                .isEqualTo("sips:bob@sip.example.com");
        assertThat(Addressing.target(Optional.empty(), "sips:bob@sip.example.com")
                        .toString())
                .isEqualTo("sips:bob@sip.example.com");
    }

    @Test
    void theCallerIsTheTrunksUserUnlessANumberIsGiven() {
        assertThat(Addressing.caller(TRUNK, Optional.empty(), "192.0.2.1").toString())
                .isEqualTo("sip:alice@sip.example.com:5070");
        assertThat(Addressing.caller(TRUNK, Optional.of("+15550001111"), "192.0.2.1")
                        .toString())
                .isEqualTo("sip:+15550001111@sip.example.com:5070");
        assertThat(Addressing.caller(Optional.empty(), Optional.empty(), "192.0.2.1")
                        .toString())
                .isEqualTo("sip:outdial@192.0.2.1");
    }
}
