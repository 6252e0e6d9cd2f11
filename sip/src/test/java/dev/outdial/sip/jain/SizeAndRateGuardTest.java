package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SizeAndRateGuardTest {
    private static final byte[] JUNK = "sixteen letters.".getBytes(StandardCharsets.US_ASCII);

    private final AtomicLong nowNanos = new AtomicLong(1);
    private final SizeAndRateGuard guard = new SizeAndRateGuard(nowNanos::get);
    private final InetSocketAddress trunk = new InetSocketAddress("192.0.2.1", 5060);

    @Test
    void whatWasCutByTheSocketIsDropped() {
        assertThat(guard.admits(
                        trunk,
                        new byte[SizeAndRateGuard.LARGEST_MESSAGE_BYTES],
                        0,
                        SizeAndRateGuard.LARGEST_MESSAGE_BYTES))
                .isFalse();
        assertThat(guard.admits(trunk, JUNK, 0, 16)).isTrue();
        assertThat(guard.dropped()).isEqualTo(1);
    }

    @Test
    void oneSourceCannotFloodAndOthersAreStillHeard() {
        int admitted = 0;
        for (int i = 0; i < 2 * SizeAndRateGuard.DATAGRAMS_PER_SECOND; i++) {
            if (guard.admits(trunk, JUNK, 0, 16)) admitted++;
        }
        assertThat(admitted).isEqualTo(SizeAndRateGuard.DATAGRAMS_PER_SECOND);
        assertThat(guard.admits(new InetSocketAddress("192.0.2.2", 5060), JUNK, 0, 16))
                .isTrue();
        nowNanos.addAndGet(1_000_000_000L);
        assertThat(guard.admits(trunk, JUNK, 0, 16)).isTrue();
    }

    @Test
    void theAutomatic400DoesNotLeave() {
        byte[] refused = "SIP/2.0 400 Bad Request ([C@1\r\nattacker's text)".getBytes(StandardCharsets.UTF_8);
        assertThat(guard.releases(refused, 0, refused.length)).isFalse();
        byte[] ours = "SIP/2.0 400 Bad Request\r\nVia: x".getBytes(StandardCharsets.UTF_8);
        assertThat(guard.releases(ours, 0, ours.length)).isTrue();
        byte[] wanted = "SIP/2.0 480 No\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(guard.releases(wanted, 0, wanted.length)).isTrue();
    }

    @Test
    void aNulInTheHeadIsNoSipAndOneInTheBodyIsTheBodysBusiness() {
        byte[] inHead = "INVITE sip:x SIP/2.0\r\nFrom: \u0000\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(guard.admits(trunk, inHead, 0, inHead.length)).isFalse();
        byte[] inBody = "INVITE sip:x SIP/2.0\r\nl: 1\r\n\r\n\u0000".getBytes(StandardCharsets.UTF_8);
        assertThat(guard.admits(trunk, inBody, 0, inBody.length)).isTrue();
        assertThat(guard.dropped()).isEqualTo(1);
    }
}
