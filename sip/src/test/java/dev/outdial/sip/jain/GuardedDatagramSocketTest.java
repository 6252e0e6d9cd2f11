package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GuardedDatagramSocketTest {
    private static final int LARGEST = SizeAndRateGuard.LARGEST_MESSAGE_BYTES - 1;

    @Test
    void whatComesBringsItsOwnRoomAndWhatIsTooLargeDoesNotCome() throws Exception {
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var socket = new GuardedDatagramSocket(loopback, everybody());
                var peer = new DatagramSocket(loopback)) {
            byte[] largest = message(LARGEST);
            byte[] small = message(300);
            send(peer, message(LARGEST + 1), socket);
            send(peer, largest, socket);
            send(peer, small, socket);

            DatagramPacket first = received(socket);
            DatagramPacket second = received(socket);

            assertThat(first.getData()).isEqualTo(largest);
            assertThat(second.getData()).isEqualTo(small);
            assertThat(second.getLength()).isEqualTo(300);
            assertThat(second.getSocketAddress()).isEqualTo(peer.getLocalSocketAddress());
            assertThat(socket.admitted()).isEqualTo(2);
        }
    }

    @Test
    void aDatagramIsWorkedOnUntilItsReaderComesBack() throws Exception {
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var socket = new GuardedDatagramSocket(loopback, everybody());
                var peer = new DatagramSocket(loopback)) {
            send(peer, message(300), socket);
            send(peer, message(300), socket);

            received(socket);
            assertThat(socket.admitted()).isEqualTo(1);
            assertThat(socket.workedOn()).isZero();

            received(socket);
            assertThat(socket.admitted()).isEqualTo(2);
            assertThat(socket.workedOn()).isEqualTo(1);
        }
    }

    private static Wire everybody() {
        return new Wire(new Gate(callId -> false, System::nanoTime), new WireWatch(), KeepAlive.Terms.STANDARD);
    }

    private static byte[] message(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        byte[] head = "OPTIONS sip:us SIP/2.0\r\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }

    private static void send(DatagramSocket from, byte[] bytes, DatagramSocket to) throws Exception {
        from.send(new DatagramPacket(bytes, bytes.length, to.getLocalSocketAddress()));
    }

    private static DatagramPacket received(GuardedDatagramSocket socket) throws Exception {
        var packet = new DatagramPacket(new byte[1], 1);
        socket.setSoTimeout(5_000);
        socket.receive(packet);
        return packet;
    }
}
