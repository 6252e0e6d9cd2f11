package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,127.0.0.1,7",
        "127.0.0.1:5060,127.0.0.1,5060",
        "sip.example.com:0,sip.example.com,0",
        "[::1],::1,7",
        "[fe80::1%eth0]:5061,fe80::1%eth0,5061"
    })
    void hostAndPortAreTakenApart(String typed, String host, int port) {
        assertThat(HostPort.parse(typed, 7)).isEqualTo(new HostPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:5060", "sip.example.com:0", "[::1]:5060"})
    void anAddressIsWrittenAsItIsTyped(String typed) {
        assertThat(HostPort.parse(typed, 7)).hasToString(typed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":5060", "::1", "host:", "host:x", "host:123456", "[]:1", "a b", "host:1:2"})
    void whatIsNotAnAddressIsNamedWithWhatIsExpected(String typed) {
        assertThatThrownBy(() -> HostPort.parse(typed, 7))
                .isInstanceOf(UsageException.class)
                .hasMessage("'" + typed + "' is not an address: HOST, HOST:PORT or [IPv6]:PORT is expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:65536", "[::1]:99999"})
    void aPortBeyondTheLastIsNamed(String typed) {
        assertThatThrownBy(() -> HostPort.parse(typed, 7)).hasMessageContaining("is above 65535");
    }
}
