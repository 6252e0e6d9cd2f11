package dev.outdial.media.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RtpPortsTest {
    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    @Test
    void rtpIsEvenAndEveryPairHasItsTurn() throws Exception {
        var ports = new RtpPorts(21_001, 21_007);
        try (var first = ports.open(loopback);
                var second = ports.open(loopback)) {
            assertThat(first.address().getPort()).isEqualTo(21_002);
            assertThat(second.address().getPort()).isEqualTo(21_004);
        }
        try (var third = ports.open(loopback)) {
            assertThat(third.address().getPort()).isEqualTo(21_006);
        }
        assertThat(ports.inUse()).isZero();
    }

    @Test
    void whenAllAreTakenThatIsSaidAndOneGivenBackIsEnough() throws Exception {
        var ports = new RtpPorts(21_010, 21_013);
        var open = new ArrayList<MediaPorts>();
        for (int i = 0; i < 2; i++) open.add(ports.open(loopback));
        assertThatThrownBy(() -> ports.open(loopback))
                .isInstanceOf(RtpPortsExhaustedException.class)
                .hasMessageContaining("no free RTP port pair in 21010-21013: 2 of 2 in use");
        open.getFirst().close();
        open.getFirst().close();
        open.set(0, ports.open(loopback));
        assertThat(ports.inUse()).isEqualTo(2);
        open.forEach(MediaPorts::close);
        assertThat(ports.inUse()).isZero();
    }

    @Test
    void aPortThatAnotherProgramHasIsPassedOver() throws Exception {
        var ports = new RtpPorts(21_020, 21_023);
        try (var other = new DatagramSocket(new InetSocketAddress(loopback, 21_021));
                var pair = ports.open(loopback)) {
            assertThat(other.isBound()).isTrue();
            assertThat(pair.address().getPort()).isEqualTo(21_022);
        }
        // The even port beside it was not kept.
        new DatagramSocket(new InetSocketAddress(loopback, 21_020)).close();
    }

    @Test
    void anAddressThatIsNotOursIsNamed() throws Exception {
        var ports = new RtpPorts(21_030, 21_039);
        assertThatThrownBy(() -> ports.open(InetAddress.getByName("192.0.2.1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("192.0.2.1 is not an address of this machine");
        assertThatThrownBy(() -> ports.open(InetAddress.getByName("0.0.0.0")))
                .hasMessageContaining("expected one address");
    }

    @Test
    void aPairIsGivenBackWhileAFreeOneIsLookedFor() throws Exception {
        var ports = new RtpPorts(21_040, 21_043);
        MediaPorts pair = ports.open(loopback);
        var givenBack = new CountDownLatch(1);
        // As long as another opens, it has the monitor.
        synchronized (ports) {
            Thread.ofPlatform().start(() -> {
                pair.close();
                givenBack.countDown();
            });
            assertThat(givenBack.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(ports.inUse()).isZero();
        }
    }

    @Test
    void pairsThatAreTakenAndGivenBackByManyAtOnceAreNeverHadTwice() throws Exception {
        var ports = new RtpPorts(21_050, 21_065);
        var held = ConcurrentHashMap.<Integer>newKeySet();
        try (var pool = Executors.newFixedThreadPool(3)) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < 3; i++)
                all.add(pool.submit(() -> {
                    for (int k = 0; k < 500; k++) {
                        MediaPorts pair = ports.open(loopback);
                        assertThat(held.add(pair.address().getPort())).isTrue();
                        held.remove(pair.address().getPort());
                        pair.close();
                    }
                    return null;
                }));
            for (Future<?> each : all) each.get(20, TimeUnit.SECONDS);
        }
        assertThat(ports.inUse()).isZero();
    }
}
