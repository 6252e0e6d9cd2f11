package dev.outdial.media.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/** Cuts an Ogg file into pages (RFC 3533 section 6), each with its checksum verified. */
final class OggPages {
    /**
     * One page.
     *
     * @param lacing lengths of its segments, 255 where a packet goes on
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared, and not copied: pages are many
    record Page(long offset, int flags, long granulePosition, int serial, int sequence, byte[] lacing, byte[] body) {
        boolean continuesPacket() {
            return (flags & 1) != 0;
        }

        boolean isLast() {
            return (flags & 4) != 0;
        }
    }

    private static final int HEADER_BYTES = 27;
    private static final int[] CRC = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int r = i << 24;
            for (int bit = 0; bit < 8; bit++) r = (r << 1) ^ (r < 0 ? 0x04C11DB7 : 0);
            CRC[i] = r;
        }
    }

    private final Path file;
    private final InputStream in;
    private long offset;

    OggPages(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** The next page; empty at the end of the file. */
    Optional<Page> next() throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length == 0) return Optional.empty();
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        if (header.length < 4 || fields.getInt(0) != 0x5367674F)
            throw new AudioFormatException(file, "no Ogg page", offset);
        try {
            if (header.length < HEADER_BYTES) throw new EOFException();
            byte[] lacing = exactly(header[26] & 0xFF);
            int bodyLength = 0;
            for (byte length : lacing) bodyLength += length & 0xFF;
            byte[] body = exactly(bodyLength);
            int expected = fields.getInt(22);
            fields.putInt(22, 0);
            if (crc(crc(crc(0, header), lacing), body) != expected)
                throw new AudioFormatException(file, "page checksum differs", offset);
            Page page =
                    new Page(offset, header[5], fields.getLong(6), fields.getInt(14), fields.getInt(18), lacing, body);
            offset += HEADER_BYTES + lacing.length + body.length;
            return Optional.of(page);
        } catch (EOFException e) {
            throw new AudioFormatException(file, "ends within the Ogg page", offset, e);
        }
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) throw new EOFException();
        return bytes;
    }

    private static int crc(int crc, byte[] bytes) {
        for (byte b : bytes) crc = (crc << 8) ^ CRC[(crc >>> 24) ^ (b & 0xFF)];
        return crc;
    }
}
