package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.net.MediaPorts;
import dev.outdial.media.net.PacketBuffers;
import dev.outdial.media.net.RtpPorts;
import dev.outdial.media.srtp.SrtpPolicy;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On real sockets of this machine, in simulated time. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class RtpLinkTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long MILLIS = 1_000_000;

    private final PacketBuffers buffers =
            new PacketBuffers(ByteBuffer.allocateDirect(100), ByteBuffer.allocateDirect(100));
    private final List<InetSocketAddress> heard = new ArrayList<>();
    private final MediaPorts ports;
    private RtpLink link;
    private long nowNanos = 5_000 * MILLIS;

    RtpLinkTest() throws Exception {
        ports = new RtpPorts(22_520, 22_529).open(LOOPBACK);
        link = new RtpLink(ports.rtp(), new Sealing(SrtpPolicy.OFF), false, (datagram, from, now) -> heard.add(from));
    }

    @AfterEach
    void closePorts() {
        ports.close();
    }

    private static InetSocketAddress addressOf(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private InetSocketAddress closedPort() throws Exception {
        try (var socket = new DatagramSocket(0, LOOPBACK)) {
            return addressOf(socket);
        }
    }

    private void send(DatagramSocket from) throws Exception {
        from.send(new DatagramPacket(new byte[20], 20, ports.address()));
    }

    /** Sends and reads once a packet time. */
    private void runFor(int millis) {
        for (long end = nowNanos + millis * MILLIS; nowNanos < end; nowNanos += 20 * MILLIS) {
            link.send(buffers.outgoing().clear().putInt(1));
            link.tick(buffers, nowNanos);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPortWhereNobodyListensIsCountedAndServedAllTheSameOnceSomebodyDoes() throws Exception {
        InetSocketAddress far = closedPort();
        link.target(far, nowNanos);
        runFor(10_000);
        assertThat(link.unreachable()).isBetween(300L, 400L);
        assertThat(link.sent()).isEqualTo(500);
        assertThat(link.unsent()).isZero();
        // The phone has started anew.
        try (var phone = new DatagramSocket(far)) {
            runFor(20);
            phone.receive(new DatagramPacket(new byte[20], 20));
            send(phone);
            runFor(40);
            assertThat(heard).containsExactly(far);
        }
    }

    @Test
    void whereSomebodyElseIsHeardThatGoesOnToBeSeen() throws Exception {
        try (var far = new DatagramSocket(0, LOOPBACK);
                var stranger = new DatagramSocket(0, LOOPBACK)) {
            link.target(addressOf(far), nowNanos);
            for (int i = 0; i < 10; i++) {
                send(stranger);
                runFor(1_000);
            }
            assertThat(heard).hasSize(10).containsOnly(addressOf(stranger));
        }
    }

    @Test
    void afterThreeSilentSecondsTheSystemKeepsStrangersAway() throws Exception {
        try (var far = new DatagramSocket(0, LOOPBACK);
                var stranger = new DatagramSocket(0, LOOPBACK)) {
            link.target(addressOf(far), nowNanos);
            runFor(4_000);
            send(stranger);
            send(far);
            runFor(1_000);
            assertThat(heard).containsExactly(addressOf(far));
        }
    }

    @Test
    void newTermsHaveTheirOwnAddress() throws Exception {
        try (var far = new DatagramSocket(0, LOOPBACK);
                var other = new DatagramSocket(0, LOOPBACK)) {
            link.target(addressOf(far), nowNanos);
            runFor(4_000);
            link.target(addressOf(other), nowNanos);
            runFor(100);
            other.receive(new DatagramPacket(new byte[20], 20));
            send(other);
            runFor(1_020);
            assertThat(heard).containsExactly(addressOf(other));
            assertThat(link.unsent()).isZero();
        }
    }

    @Test
    void whereTheFarEndMayComeFromElsewhereEverybodyIsHeardForEver() throws Exception {
        link = new RtpLink(ports.rtp(), new Sealing(SrtpPolicy.OFF), true, (datagram, from, now) -> heard.add(from));
        try (var far = new DatagramSocket(0, LOOPBACK);
                var elsewhere = new DatagramSocket(0, LOOPBACK)) {
            link.target(addressOf(far), nowNanos);
            runFor(10_000);
            send(elsewhere);
            runFor(1_000);
            assertThat(heard).containsExactly(addressOf(elsewhere));
        }
    }
}
