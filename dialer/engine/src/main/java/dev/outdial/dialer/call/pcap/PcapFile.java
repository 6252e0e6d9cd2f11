package dev.outdial.dialer.call.pcap;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

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
    private static final int LONGEST = 65_535;
    private static final int LINKTYPE_RAW = 101;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int PACKET_HEADER_BYTES = 16;
    private static final long NANOS = 1_000_000_000;

    private final OutputStream out;

    private PcapFile(OutputStream out) {
        this.out = out;
    }

    /** Writes the file anew. */
    static PcapFile create(Path file) throws IOException {
        var pcap = new PcapFile(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        try {
            pcap.out.write(ByteBuffer.allocate(FILE_HEADER_BYTES)
                    .putInt(MAGIC_NANOS)
                    .putShort((short) 2)
                    .putShort((short) 4)
                    .putLong(0)
                    .putInt(LONGEST)
                    .putInt(LINKTYPE_RAW)
                    .array());
            pcap.out.flush();
            return pcap;
        } catch (IOException e) {
            pcap.out.close();
            throw e;
        }
    }

    /** @param epochNanos nanoseconds since 1970 */
    void packet(long epochNanos, byte[] ip) throws IOException {
        out.write(ByteBuffer.allocate(PACKET_HEADER_BYTES)
                .putInt((int) (epochNanos / NANOS))
                .putInt((int) (epochNanos % NANOS))
                .putInt(ip.length)
                .putInt(ip.length)
                .array());
        out.write(ip);
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
