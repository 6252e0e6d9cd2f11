package dev.outdial.dialer.call.pcap;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file in the format of libpcap with times in nanoseconds, of packets that begin with their IP header. <b>Threading:</b> one owner.
 *
 * <pre>
 *   file    magic a1b23c4d, version 2.4, 0, 0, longest packet 65535, link type 101 (raw IP)
 *   packet  seconds, nanoseconds, bytes here, bytes on the wire, the packet
 * </pre>
 */
final class PcapFile implements Closeable {
    private static final int MAGIC_NANOS = 0xA1B23C4D;
    static final int LONGEST = 65_535;
    private static final int LINKTYPE_RAW = 101;
    static final int FILE_HEADER_BYTES = 24;
    static final int PACKET_HEADER_BYTES = 16;
    private static final long NANOS = 1_000_000_000;

    private final OutputStream out;
    private long byteLength;

    private PcapFile(OutputStream out, long byteLength) {
        this.out = out;
        this.byteLength = byteLength;
    }

    /** Writes the file anew. */
    static PcapFile create(Path file) throws IOException {
        return begin(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    /** Goes on behind the last whole packet of a file; begins one where there is none, or none of ours. */
    static PcapFile append(Path file) throws IOException {
        long whole = PcapReader.wholeBytes(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var out = new BufferedOutputStream(
                    Channels.newOutputStream(channel.truncate(whole).position(whole)), 1 << 13);
            return whole > 0 ? new PcapFile(out, whole) : begin(out);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Writes it there; closes it with itself. */
    static PcapFile begin(OutputStream to) throws IOException {
        var pcap = new PcapFile(to, FILE_HEADER_BYTES);
        try {
            pcap.out.write(fileHeader());
            pcap.out.flush();
            return pcap;
        } catch (IOException e) {
            pcap.out.close();
            throw e;
        }
    }

    static byte[] fileHeader() {
        return ByteBuffer.allocate(FILE_HEADER_BYTES)
                .putInt(MAGIC_NANOS)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(LONGEST)
                .putInt(LINKTYPE_RAW)
                .array();
    }

    static byte[] packetHeader(long epochNanos, int byteLength) {
        return ByteBuffer.allocate(PACKET_HEADER_BYTES)
                .putInt((int) (epochNanos / NANOS))
                .putInt((int) (epochNanos % NANOS))
                .putInt(byteLength)
                .putInt(byteLength)
                .array();
    }

    /** @param epochNanos nanoseconds since 1970 */
    void packet(long epochNanos, byte[] ip) throws IOException {
        out.write(packetHeader(epochNanos, ip.length));
        out.write(ip);
        byteLength += PACKET_HEADER_BYTES + ip.length;
    }

    /** How long it is by now. */
    long byteLength() {
        return byteLength;
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
