package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.trace.Capture;
import dev.outdial.dialer.trace.PacketKeeping;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packets that are kept of calls on real sockets. */
@Timeout(60)
class KeptPacketsTest {
    private static final Duration RING = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder = Path.of("");

    private record Packet(int source, int destination, byte[] payload) {
        boolean isRtcp() {
            return (payload[1] & 0xFF) >= 192 && (payload[1] & 0xFF) <= 223;
        }

        boolean isKey() {
            return !isRtcp() && payload.length == 16;
        }
    }

    private static List<Packet> packets(Path file) throws IOException {
        var packets = new ArrayList<Packet>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).position(24);
        while (bytes.hasRemaining()) {
            bytes.position(bytes.position() + 8);
            byte[] ip = new byte[bytes.getInt()];
            bytes.getInt();
            bytes.get(ip);
            ByteBuffer datagram = ByteBuffer.wrap(ip).position(28);
            byte[] payload = new byte[datagram.remaining()];
            datagram.get(payload);
            packets.add(new Packet(datagram.getShort(20) & 0xFFFF, datagram.getShort(22) & 0xFFFF, payload));
        }
        return packets;
    }

    @Test
    void aCallsPacketsAreKeptBothWaysWithoutItsKeysAndAllAttemptsInOneFile() throws Exception {
        PacketKeeping keeping = PacketKeeping.in(folder.resolve("packets"));
        Call first;
        Call second;
        try (LoopbackTrunk trunk = LoopbackTrunk.builder().start();
                Dialer dialer = Dialer.start(DialerConfig.of(Trunk.of("carrier", "sip:127.0.0.1:" + trunk.port())
                                .withoutRegistration())
                        .keepingPackets(keeping)
                        .capturing(new Capture(folder.resolve("all.pcap"), false)))) {
            first = dialer.dial(
                    DialRequest.over("carrier", "1005").ringingFor(RING).asAttempt("a/call", 1));
            assertThat(first.awaitAnswer()).isInstanceOf(Answer.Answered.class);
            assertThat(first.awaitEnd(Duration.ofSeconds(3))).isEmpty();
            first.hangUp();
            first.awaitEnd();
            second = dialer.dial(
                    DialRequest.over("carrier", "1001").ringingFor(RING).asAttempt("a/call", 2));
            assertThat(second.awaitAnswer()).isInstanceOf(Answer.Answered.class);
            assertThat(second.awaitEnd(SECOND)).isEmpty();
            second.hangUp();
            second.awaitEnd();
        }

        List<Packet> kept = packets(keeping.file("a/call"));
        List<Integer> ours = kept.stream()
                .map(packet -> Math.min(packet.source(), packet.destination()))
                .filter(port -> port % 2 == 0)
                .distinct()
                .toList();
        long rtp = kept.stream().filter(packet -> !packet.isRtcp()).count();
        long sent = first.statistics().sent() + second.statistics().sent();
        long received = first.statistics().received() + second.statistics().received();
        assertThat(ours).as("two attempts, a pair of ports each").hasSizeGreaterThanOrEqualTo(2);
        assertThat(sent).isGreaterThan(150);
        assertThat(received).isGreaterThan(100);
        assertThat(rtp).isEqualTo(sent + received);
        assertThat(kept).anyMatch(Packet::isRtcp);
        List<Packet> keys = kept.stream().filter(Packet::isKey).toList();
        assertThat(keys).hasSizeGreaterThan(10).allMatch(key -> key.payload()[12] == (byte) 0xFF);
        assertThat(Files.size(folder.resolve("all.pcap")))
                .as("that of the whole dialer goes on beside it")
                .isGreaterThan(Files.size(keeping.file("a/call")));
    }

    private static int freePort() throws IOException {
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void thoseOfACallToUsAreKeptUnderItsOwnName() throws Exception {
        int us = freePort();
        int caller = freePort();
        PacketKeeping keeping = PacketKeeping.in(folder);
        BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
        IncomingCall incoming;
        Call answered;
        try (Dialer called = Dialer.start(DialerConfig.of(
                                Trunk.of("peer", "sip:us@127.0.0.1:" + caller).withoutRegistration())
                        .on("127.0.0.1", us)
                        .withRtpPorts(43_100, 43_199)
                        .keepingPackets(keeping));
                Dialer calling = Dialer.start(DialerConfig.of(
                                Trunk.of("peer", "sip:us@127.0.0.1:" + us).withoutRegistration())
                        .on("127.0.0.1", caller)
                        .withRtpPorts(43_200, 43_299))) {
            called.onIncoming(calls::add);
            Call call = calling.dial("peer", "us", RING);
            incoming = calls.take();
            answered = incoming.accept();
            assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
            assertThat(call.awaitEnd(SECOND)).isEmpty();
            call.hangUp();
            answered.awaitEnd();
        }

        List<Packet> kept = packets(keeping.file(incoming.requestId()));
        assertThat(kept.stream().filter(packet -> packet.source() < 43_200 && !packet.isRtcp()))
                .hasSize((int) answered.statistics().sent())
                .hasSizeGreaterThan(40);
        assertThat(kept.stream().filter(packet -> packet.source() >= 43_200 && !packet.isRtcp()))
                .hasSize((int) answered.statistics().received())
                .hasSizeGreaterThan(40);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(keeping.file(incoming.requestId()));
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidAtTheStart() throws IOException {
        Path file = Files.writeString(folder.resolve("packets"), "");

        assertThatThrownBy(() -> Dialer.start(DialerConfig.of().keepingPackets(PacketKeeping.in(file))))
                .isInstanceOf(DialerException.class)
                .hasMessageStartingWith(file + " cannot be made: ");
        assertThatThrownBy(() -> new PacketKeeping(folder, 999, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("999 bytes of a call: 1000 or more expected");
    }
}
