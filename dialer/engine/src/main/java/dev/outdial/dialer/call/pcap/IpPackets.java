package dev.outdial.dialer.call.pcap;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts back around a payload what the system has taken off: IP and UDP, or IP and a TCP that never loses anything. Pure but for the
 * sequence numbers of TCP. <b>Threading:</b> one owner.
 */
final class IpPackets {
    private static final int V4_BYTES = 20;
    private static final int V6_BYTES = 40;
    private static final int UDP_BYTES = 8;
    private static final int TCP_BYTES = 20;
    private static final int MAX_TOTAL = 65_535;
    private static final byte TCP = 6;
    private static final byte UDP = 17;
    private static final byte HOPS = 64;
    private static final int PUSH_ACK = 0x18;
    private static final int WINDOW = 65_535;
    /** Streams whose places are remembered: more begin anew, which a reader takes for a gap. */
    private static final int MAX_STREAMS = 4096;

    private record Stream(InetSocketAddress from, InetSocketAddress to) {}

    private final Map<Stream, Integer> nextSequence = new HashMap<>();

    /** A UDP datagram. */
    byte[] datagram(InetSocketAddress from, InetSocketAddress to, byte[] payload) {
        int length = Math.min(payload.length, MAX_TOTAL - V6_BYTES - UDP_BYTES);
        ByteBuffer packet = ip(from, to, UDP, UDP_BYTES + length);
        int start = packet.position();
        packet.putShort((short) from.getPort()).putShort((short) to.getPort());
        packet.putShort((short) (UDP_BYTES + length)).putShort((short) 0).put(payload, 0, length);
        putUdpChecksum(packet, start);
        return packet.array();
    }

    /** Blanks the keys in a datagram that was made here; its checksum is right again then. */
    static void blank(byte[] datagram, KeyBlanker blanker) {
        int start = (datagram[0] & 0xF0) == 0x40 ? V4_BYTES : V6_BYTES;
        if (datagram.length < start + UDP_BYTES) return;
        byte[] payload = Arrays.copyOfRange(datagram, start + UDP_BYTES, datagram.length);
        blanker.blank(payload);
        System.arraycopy(payload, 0, datagram, start + UDP_BYTES, payload.length);
        putUdpChecksum(ByteBuffer.wrap(datagram), start);
    }

    private static void putUdpChecksum(ByteBuffer packet, int start) {
        packet.putShort(start + 6, (short) 0);
        int sum = checksum(packet.array(), start, UDP);
        // RFC 768: zero would say that there is none.
        packet.putShort(start + 6, (short) (sum == 0 ? 0xFFFF : sum));
    }

    /** The next segment of a TCP stream. */
    byte[] segment(InetSocketAddress from, InetSocketAddress to, byte[] payload) {
        int length = Math.min(payload.length, MAX_TOTAL - V6_BYTES - TCP_BYTES);
        if (nextSequence.size() >= MAX_STREAMS) nextSequence.clear();
        var stream = new Stream(from, to);
        int sequence = nextSequence.getOrDefault(stream, 1);
        nextSequence.put(stream, sequence + length);
        ByteBuffer packet = ip(from, to, TCP, TCP_BYTES + length);
        int start = packet.position();
        packet.putShort((short) from.getPort()).putShort((short) to.getPort());
        packet.putInt(sequence).putInt(nextSequence.getOrDefault(new Stream(to, from), 1));
        packet.putShort((short) (TCP_BYTES / 4 << 12 | PUSH_ACK)).putShort((short) WINDOW);
        packet.putInt(0).put(payload, 0, length);
        packet.putShort(start + 16, (short) checksum(packet.array(), start, TCP));
        return packet.array();
    }

    private static ByteBuffer ip(InetSocketAddress from, InetSocketAddress to, byte protocol, int length) {
        boolean isV4 = from.getAddress() instanceof Inet4Address && to.getAddress() instanceof Inet4Address;
        return isV4 ? v4(from, to, protocol, length) : v6(from, to, protocol, length);
    }

    private static ByteBuffer v4(InetSocketAddress from, InetSocketAddress to, byte protocol, int length) {
        ByteBuffer packet = ByteBuffer.allocate(V4_BYTES + length);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) (V4_BYTES + length));
        packet.putInt(0).put(HOPS).put(protocol).putShort((short) 0);
        packet.put(from.getAddress().getAddress()).put(to.getAddress().getAddress());
        packet.putShort(10, (short) ~folded(sum(packet.array(), 0, V4_BYTES)));
        return packet;
    }

    private static ByteBuffer v6(InetSocketAddress from, InetSocketAddress to, byte protocol, int length) {
        ByteBuffer packet = ByteBuffer.allocate(V6_BYTES + length);
        packet.putInt(0x60000000).putShort((short) length).put(protocol).put(HOPS);
        return packet.put(sixteen(from.getAddress())).put(sixteen(to.getAddress()));
    }

    /** An IPv4 address among IPv6 ones is written as the system does it (RFC 4291 section 2.5.5.2). */
    private static byte[] sixteen(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 16) return bytes;
        return ByteBuffer.allocate(16)
                .put(10, (byte) 0xFF)
                .put(11, (byte) 0xFF)
                .put(12, bytes)
                .array();
    }

    /** RFC 1071, with the pseudo header of the addresses, whose form does not change the sum but by its zeros and ones. */
    private static int checksum(byte[] packet, int start, byte protocol) {
        int addressesAt = start == V4_BYTES ? V4_BYTES - 8 : V6_BYTES - 32;
        long sum = sum(packet, addressesAt, start) + protocol + (packet.length - start);
        return ~folded(sum + sum(packet, start, packet.length)) & 0xFFFF;
    }

    private static long sum(byte[] bytes, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i += 2) sum += (bytes[i] & 0xFF) << 8 | (i + 1 < to ? bytes[i + 1] & 0xFF : 0);
        return sum;
    }

    private static int folded(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) folded = (folded & 0xFFFF) + (folded >>> 16);
        return (int) folded;
    }
}
