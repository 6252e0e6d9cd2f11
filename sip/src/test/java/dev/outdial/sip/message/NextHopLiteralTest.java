package dev.outdial.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextHopLiteralTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "192.0.2.199", "255.255.255.255", "249.10.9.100", "[2001:db8::1]"})
    void anAddressIsOne(String host) {
        assertThat(NextHop.literal(host)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999.1.1.1",
                "256.0.0.1",
                "1.2.3.256",
                "010.1.1.1",
                "1.2.3.04",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4.",
                "00.1.2.3",
                "1.2.3.-4",
                "1.2.3.4294967297",
                "",
                "[::g]",
                "example.com"
            })
    void whatTheJdkWouldLookUpOrRefuseIsNone(String host) {
        assertThat(NextHop.literal(host)).isEmpty();
    }
}
