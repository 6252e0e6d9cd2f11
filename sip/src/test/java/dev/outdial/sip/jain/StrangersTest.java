package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StrangersTest {
    private static final byte[] OURS = "BYE sip:x SIP/2.0\r\nCall-ID: ours\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER =
            "INVITE sip:x SIP/2.0\r\nCall-ID: other\r\n\r\n".getBytes(StandardCharsets.UTF_8);

    private final AtomicLong now = new AtomicLong(-3);
    private final Strangers strangers = new Strangers("ours"::equals, now::get);
    private final InetAddress trunk = address("192.0.2.1");
    private final InetAddress scanner = address("203.0.113.9");

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private boolean admits(InetAddress source, byte[] message) {
        return strangers.admits(source, message, 0, message.length);
    }

    @Test
    void untilSomebodyIsNamedEverybodyIsHeard() {
        assertThat(admits(scanner, OTHER)).isTrue();
        assertThat(strangers.trusts(scanner)).isFalse();
    }

    @Test
    void strangersAreHeardAboutWhatIsOursAndNothingElse() {
        strangers.trust(Set.of(trunk));
        assertThat(admits(trunk, OTHER)).isTrue();
        assertThat(admits(scanner, OURS)).isTrue();
        assertThat(admits(scanner, OTHER)).isFalse();
        assertThat(strangers.turnedAway()).isEqualTo(1);

        strangers.trust(Set.of(scanner));
        assertThat(admits(scanner, OTHER)).isTrue();
        assertThat(admits(trunk, OTHER)).isFalse();
        strangers.trust(Set.of());
        assertThat(admits(scanner, OTHER)).isFalse();
    }

    @Test
    void aFloodOfStrangersIsNotEvenLookedAt() {
        strangers.trust(Set.of(trunk));
        for (int i = 0; i < Strangers.SCANS_PER_SECOND; i++) admits(scanner, OTHER);
        assertThat(admits(scanner, OURS)).isFalse();
        assertThat(admits(trunk, OTHER)).isTrue();
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(admits(scanner, OURS)).isTrue();
    }
}
