package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.sdp.Direction;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Behind a NAT: bound here, known there. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AdvertisedAddressTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final MediaEngine engine = MediaEngine.open(new MediaConfig(22_870, 22_879, OptionalLong.of(1)));

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    @Test
    void theDescriptionNamesThePublicAddressAndThePortThatIsBound() throws Exception {
        InetAddress known = InetAddress.getByName("203.0.113.9");
        MediaSession session = engine.openSession(LOOPBACK, SessionOptions.DEFAULT.advertising(known), event -> {});

        assertThat(session.localRtp().getAddress()).isEqualTo(LOOPBACK);
        for (byte[] sdp : new byte[][] {session.offer(), session.offerAgain(Direction.SENDONLY)}) {
            assertThat(new String(sdp, StandardCharsets.UTF_8))
                    .containsPattern("o=\\S+ \\d+ \\d+ IN IP4 203\\.0\\.113\\.9\r\n")
                    .contains("c=IN IP4 203.0.113.9\r\n")
                    .contains("m=audio " + session.localRtp().getPort() + " ")
                    .doesNotContain(LOOPBACK.getHostAddress());
        }
    }

    @Test
    void withoutOneTheBoundAddressIsNamed() throws Exception {
        MediaSession session = engine.openSession(LOOPBACK, event -> {});

        assertThat(new String(session.offer(), StandardCharsets.UTF_8)).contains("c=IN IP4 127.0.0.1\r\n");
    }

    @Test
    void anAddressThatCannotBeMeantIsRefusedAndNoPortIsTaken() throws Exception {
        InetAddress other = InetAddress.getByName("2001:db8::1");
        assertThatThrownBy(() -> engine.openSession(LOOPBACK, SessionOptions.DEFAULT.advertising(other), event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be advertised for 127.0.0.1");
        InetAddress wildcard = InetAddress.getByName("0.0.0.0");
        assertThatThrownBy(() -> SessionOptions.DEFAULT.advertising(wildcard))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(engine.portsInUse()).isZero();
    }
}
