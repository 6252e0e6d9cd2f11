package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ConnectFailuresTest {
    private final ConnectFailures failures = new ConnectFailures();

    @Test
    void theLatestFailureIsRememberedUntilItWorks() {
        failures.failed(remote(1), "refused");
        failures.failed(remote(1), "timed out");
        assertThat(failures.why(remote(1))).isEqualTo("timed out");
        failures.succeeded(remote(1));
        assertThat(failures.why(remote(1))).isNull();
    }

    @Test
    void ofVeryManyTheOldestAreForgotten() {
        for (int port = 1; port <= ConnectFailures.MOST + 1; port++) failures.failed(remote(port), "refused");
        assertThat(failures.why(remote(1))).isNull();
        assertThat(failures.why(remote(2))).isEqualTo("refused");
        assertThat(failures.why(remote(ConnectFailures.MOST + 1))).isEqualTo("refused");
    }

    private static InetSocketAddress remote(int port) {
        return new InetSocketAddress("192.0.2.1", port);
    }
}
