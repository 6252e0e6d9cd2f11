package dev.outdial.media.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

        boolean isFirst() {
            return (flags & 2) != 0;
        }

        boolean isLast() {
            return (flags & 4) != 0;
        }
    }

    private static final int HEADER_BYTES = 27;
    private static final int ID3V1_BYTES = 128;
    private static final int[] CRC = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int r = i << 24;
            for (int bit = 0; bit < 8; bit++) r = (r << 1) ^ (r < 0 ? 0x04C11DB7 : 0);
            CRC[i] = r;
        }
    }

    private final AudioInput input;
    private final AudioInput.Reader in;

    OggPages(AudioInput input) {
        this.input = input;
        this.in = input.from(0);
    }

    /** Bytes from the start of the file to the next page. */
    long offset() {
        return in.offset();
    }

    /** The next page; empty at the end of the file. */
    Optional<Page> next() throws IOException {
        long offset = in.offset();
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length == 0) return Optional.empty();
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        // Taggers made for MP3 put their tag behind anything.
        if (header.length == HEADER_BYTES
                && header[0] == 'T'
                && header[1] == 'A'
                && header[2] == 'G'
                && offset + ID3V1_BYTES == input.length()) return Optional.empty();
        if (header.length < 4 || fields.getInt(0) != 0x5367674F) throw input.refusal("no Ogg page", offset);
        try {
            if (header.length < HEADER_BYTES) throw new EOFException();
            byte[] lacing = exactly(header[26] & 0xFF);
            int bodyLength = 0;
            for (byte length : lacing) bodyLength += length & 0xFF;
            byte[] body = exactly(bodyLength);
            int expected = fields.getInt(22);
            fields.putInt(22, 0);
            if (crc(crc(crc(0, header), lacing), body) != expected)
                throw input.refusal("page checksum differs", offset);
            return Optional.of(
                    new Page(offset, header[5], fields.getLong(6), fields.getInt(14), fields.getInt(18), lacing, body));
        } catch (EOFException e) {
            throw new AudioFormatException(input.name(), "ends within the Ogg page", offset, e);
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
