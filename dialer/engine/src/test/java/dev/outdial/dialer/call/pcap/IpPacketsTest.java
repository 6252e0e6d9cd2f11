package dev.outdial.dialer.call.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpPacketsTest {
    private static final byte[] ODD = {1, 2, 3};

    private final IpPackets packets = new IpPackets();

    /** RFC 1071: with its checksum within, all adds up to ones. */
    private static int sum(ByteBuffer packet, int from, int start, int protocol) {
        long sum = protocol + (protocol == 0 ? 0 : packet.limit() - start);
        for (int i = from; i < packet.limit(); i++) sum += (packet.get(i) & 0xFF) << ((i - from) % 2 == 0 ? 8 : 0);
        while (sum >>> 16 != 0) sum = (sum & 0xFFFF) + (sum >>> 16);
        return (int) sum;
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2, 20", "2001:db8::1, 2001:db8::2, 40", "2001:db8::1, 192.0.2.2, 40"})
    void aDatagramHasLengthsPortsAndChecksumsThatHold(String from, String to, int ipBytes) {
        ByteBuffer packet = ByteBuffer.wrap(
                packets.datagram(new InetSocketAddress(from, 5060), new InetSocketAddress(to, 5070), ODD));

        assertThat(packet.limit()).isEqualTo(ipBytes + 8 + 3);
        assertThat(packet.get(0) >>> 4 & 0xF).isEqualTo(ipBytes == 20 ? 4 : 6);
        assertThat(packet.getShort(ipBytes)).isEqualTo((short) 5060);
        assertThat(packet.getShort(ipBytes + 2)).isEqualTo((short) 5070);
        assertThat(packet.getShort(ipBytes + 4)).isEqualTo((short) 11);
        assertThat(Arrays.copyOfRange(packet.array(), ipBytes + 8, packet.limit()))
                .isEqualTo(ODD);
        assertThat(sum(packet, ipBytes == 20 ? 12 : 8, ipBytes, 17)).isEqualTo(0xFFFF);
        if (ipBytes == 20)
            assertThat(sum(ByteBuffer.wrap(packet.array(), 0, 20).slice(), 0, 0, 0))
                    .isEqualTo(0xFFFF);
    }

    @Test
    void aStreamGoesOnWhereItEndedBothWays() {
        var us = new InetSocketAddress("192.0.2.1", 5060);
        var farEnd = new InetSocketAddress("192.0.2.2", 5070);
        ByteBuffer first = ByteBuffer.wrap(packets.segment(us, farEnd, ODD));
        ByteBuffer answer = ByteBuffer.wrap(packets.segment(farEnd, us, new byte[10]));
        ByteBuffer second = ByteBuffer.wrap(packets.segment(us, farEnd, ODD));

        assertThat(first.getInt(24)).isEqualTo(1);
        assertThat(first.getInt(28)).isEqualTo(1);
        assertThat(answer.getInt(24)).isEqualTo(1);
        assertThat(answer.getInt(28)).isEqualTo(4);
        assertThat(second.getInt(24)).isEqualTo(4);
        assertThat(second.getInt(28)).isEqualTo(11);
        assertThat(sum(second, 12, 20, 6)).isEqualTo(0xFFFF);
    }

    @Test
    void whatIsLongerThanAPacketIsCut() {
        byte[] huge = new byte[70_000];
        assertThat(packets.datagram(new InetSocketAddress("::1", 1), new InetSocketAddress("::1", 2), huge))
                .hasSize(65_535);
    }
}
