package dev.outdial.dialer.call.pcap;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what {@link PcapFile} wrote, up to the last packet that is whole. <b>Threading:</b> one owner. */
final class PcapReader implements Closeable {
    private static final long NANOS = 1_000_000_000;

    private final InputStream in;
    private final long byteLimit;
    private long readBytes;
    private long wholeBytes;
    private boolean ended;

    /** A packet that begins with its IP header. @param epochNanos nanoseconds since 1970 */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Packet(long epochNanos, byte[] ip) {}

    /**
     * Begins to read; a file that is not ours has no packets.
     *
     * @param byteLimit what lies behind it is not read
     */
    PcapReader(InputStream in, long byteLimit) throws IOException {
        this.in = in;
        this.byteLimit = byteLimit;
        byte[] header = read(PcapFile.FILE_HEADER_BYTES);
        ended = header.length == 0 || !ByteBuffer.wrap(header).equals(ByteBuffer.wrap(PcapFile.fileHeader()));
        if (!ended) wholeBytes = header.length;
    }

    static PcapReader open(Path file, long byteLimit) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return new PcapReader(in, byteLimit);
        } catch (IOException unreadable) {
            in.close();
            throw unreadable;
        }
    }

    /** How far a file is whole now; 0 where there is none, or it is not ours. */
    static long wholeBytes(Path file) throws IOException {
        try (PcapReader reader = open(file, Long.MAX_VALUE)) {
            Optional<Packet> packet = reader.next();
            while (packet.isPresent()) packet = reader.next();
            return reader.wholeBytes;
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    /** The next one; empty at the end. */
    Optional<Packet> next() throws IOException {
        if (ended) return Optional.empty();
        ended = true;
        byte[] header = read(PcapFile.PACKET_HEADER_BYTES);
        if (header.length == 0) return Optional.empty();
        ByteBuffer fields = ByteBuffer.wrap(header);
        long epochNanos = Integer.toUnsignedLong(fields.getInt()) * NANOS + fields.getInt();
        int length = fields.getInt();
        if (length <= 0 || length > PcapFile.LONGEST || length != fields.getInt()) return Optional.empty();
        byte[] ip = read(length);
        if (ip.length == 0) return Optional.empty();
        ended = false;
        wholeBytes += header.length + ip.length;
        return Optional.of(new Packet(epochNanos, ip));
    }

    /** So many; none where there are fewer. */
    private byte[] read(int byteLength) throws IOException {
        if (readBytes + byteLength > byteLimit) return new byte[0];
        readBytes += byteLength;
        byte[] bytes = in.readNBytes(byteLength);
        return bytes.length == byteLength ? bytes : new byte[0];
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
