package dev.outdial.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On real sockets of this machine. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PacketTapTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private record Seen(InetSocketAddress local, InetSocketAddress far, boolean sent, String bytes) {}

    private final List<Seen> seen = new ArrayList<>();

    private void saw(
            InetSocketAddress local,
            InetSocketAddress far,
            boolean sent,
            ByteBuffer buffer,
            int offset,
            int byteLength) {
        var text = new StringBuilder();
        for (int i = 0; i < byteLength; i++) text.append((char) buffer.get(offset + i));
        seen.add(new Seen(local, far, sent, text.toString()));
    }

    @Test
    void whatGoesAndWhatComesIsSeenAsItIsOnTheWire() throws Exception {
        try (MediaPorts ports = new RtpPorts(21_070, 21_079, Optional.of(this::saw)).open(LOOPBACK);
                var farEnd = new DatagramSocket(0, LOOPBACK)) {
            var far = (InetSocketAddress) farEnd.getLocalSocketAddress();
            ByteBuffer packet = ByteBuffer.wrap("xxhelloyy".getBytes(StandardCharsets.US_ASCII));

            assertThat(ports.rtp().send(packet.position(2).limit(7), far)).isTrue();
            farEnd.send(new DatagramPacket(
                    new byte[] {'o', 'k'},
                    2,
                    new InetSocketAddress(LOOPBACK, ports.address().getPort() + 1)));
            ByteBuffer incoming = ByteBuffer.allocateDirect(100);
            while (!ports.rtcp().receive(incoming)) Thread.onSpinWait();

            assertThat(incoming.remaining()).isEqualTo(2);
            assertThat(seen)
                    .containsExactly(
                            new Seen(ports.address(), far, true, "hello"),
                            new Seen(
                                    new InetSocketAddress(
                                            LOOPBACK, ports.address().getPort() + 1),
                                    far,
                                    false,
                                    "ok"));
        }
    }

    @Test
    void whatTheSystemDoesNotTakeIsNotSeen() throws Exception {
        try (MediaPorts ports = new RtpPorts(21_080, 21_089, Optional.of(this::saw)).open(LOOPBACK)) {
            var nowhere = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 9);

            assertThat(ports.rtp().send(ByteBuffer.wrap(new byte[3]), nowhere)).isFalse();

            assertThat(seen).isEmpty();
        }
    }
}
