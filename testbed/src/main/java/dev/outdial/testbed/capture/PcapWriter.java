package dev.outdial.testbed.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes packets to a pcap file with nanosecond times, as raw IP (link type 101) with made-up IP and UDP headers. What went over TCP is
 * written as UDP too, a message a packet, so that it reads as well.
 *
 * <p><b>Threading:</b> one owner.
 */
public final class PcapWriter implements AutoCloseable {
    private static final int MAGIC_NANOSECONDS = 0xA1B23C4D;
    private static final int LINK_TYPE_RAW_IP = 101;
    private static final int MOST_BYTES = 65_535;
    private static final int UDP = 17;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int IP4_HEADER_BYTES = 20;
    private static final int IP6_HEADER_BYTES = 40;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final OutputStream out;
    private final long wallOfZeroNanos;
    private int identification;

    private PcapWriter(OutputStream out, long wallOfZeroNanos) throws IOException {
        this.out = out;
        this.wallOfZeroNanos = wallOfZeroNanos;
        out.write(ByteBuffer.allocate(24)
                .putInt(MAGIC_NANOSECONDS)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(MOST_BYTES)
                .putInt(LINK_TYPE_RAW_IP)
                .array());
    }

    /**
     * Begins a file, replacing one that is there.
     *
     * @param nowNanos the monotonic time that is now, so that later times can be given on that clock
     */
    public static PcapWriter create(Path file, long nowNanos) throws IOException {
        var now = Instant.now();
        var out = new BufferedOutputStream(Files.newOutputStream(file));
        return new PcapWriter(out, now.getEpochSecond() * SECOND_NANOS + now.getNano() - nowNanos);
    }

    /**
     * Writes one packet. Payloads too large for a datagram are cut.
     *
     * @param nowNanos when, on the monotonic clock
     */
    public void write(long nowNanos, InetSocketAddress from, InetSocketAddress to, byte[] payload) throws IOException {
        var packet = packet(from, to, payload);
        long wallNanos = wallOfZeroNanos + nowNanos;
        out.write(ByteBuffer.allocate(16)
                .putInt((int) (wallNanos / SECOND_NANOS))
                .putInt((int) (wallNanos % SECOND_NANOS))
                .putInt(packet.length)
                .putInt(packet.length)
                .array());
        out.write(packet);
    }

    private byte[] packet(InetSocketAddress from, InetSocketAddress to, byte[] payload) {
        byte[] source = from.getAddress().getAddress();
        byte[] target = to.getAddress().getAddress();
        boolean ip4 = source.length == 4 && target.length == 4;
        int header = ip4 ? IP4_HEADER_BYTES : IP6_HEADER_BYTES;
        int length = Math.min(payload.length, MOST_BYTES - header - UDP_HEADER_BYTES);
        int udpLength = UDP_HEADER_BYTES + length;
        var packet = ByteBuffer.allocate(header + udpLength);
        if (ip4) {
            packet.put((byte) 0x45).put((byte) 0).putShort((short) (header + udpLength));
            packet.putShort((short) identification++).putShort((short) 0);
            packet.put((byte) 64)
                    .put((byte) UDP)
                    .putShort((short) 0)
                    .put(source)
                    .put(target);
            packet.putShort(10, (short) ~sum(packet, 0, IP4_HEADER_BYTES, 0));
        } else {
            packet.putInt(0x6000_0000)
                    .putShort((short) udpLength)
                    .put((byte) UDP)
                    .put((byte) 64);
            packet.put(mapped(source)).put(mapped(target));
        }
        packet.putShort((short) from.getPort()).putShort((short) to.getPort());
        packet.putShort((short) udpLength).putShort((short) 0).put(payload, 0, length);
        // The sum covers the addresses, the protocol, the length, and all of the datagram; 0 stands for "none", so 0 is
        // sent as all ones.
        int addresses = ip4 ? 8 : 32;
        int checksum = ~sum(packet, header - addresses, packet.capacity(), UDP + udpLength) & 0xFFFF;
        packet.putShort(header + 6, (short) (checksum == 0 ? 0xFFFF : checksum));
        return packet.array();
    }

    private static byte[] mapped(byte[] address) {
        if (address.length == 16) return address;
        return ByteBuffer.allocate(16)
                .putShort(10, (short) 0xFFFF)
                .put(12, address)
                .array();
    }

    /** The one's complement sum of 16-bit words (RFC 1071). */
    private static int sum(ByteBuffer bytes, int from, int to, int start) {
        int sum = start;
        for (int i = from; i < to; i += 2) {
            int low = i + 1 < to ? bytes.get(i + 1) & 0xFF : 0;
            sum += (bytes.get(i) & 0xFF) << 8 | low;
        }
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >>> 16);
        return sum;
    }

    /** The address that stands for an unspecified one, which no packet can carry: loopback of the same family. */
    public static InetSocketAddress concrete(InetSocketAddress address) {
        if (!address.getAddress().isAnyLocalAddress()) return address;
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort());
    }

    /** Writes what is still in memory. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
