package dev.outdial.media.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Opus packets in an Ogg file (RFC 3533, RFC 7845), a packet a page when written; just what a test needs. */
final class OggOpus {
    private static final int SERIAL = 1;

    private OggOpus() {}

    static byte[] write(List<byte[]> packets, int samplesPerPacketAt48k) {
        var file = new ByteArrayOutputStream();
        var head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
        head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 1);
        head.putShort((short) 0).putInt(16_000).putShort((short) 0).put((byte) 0);
        var tags = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        tags.put("OpusTags".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(0);
        page(file, 2, 0, 0, head.array());
        page(file, 0, 0, 1, tags.array());
        for (int i = 0; i < packets.size(); i++)
            page(file, i == packets.size() - 1 ? 4 : 0, (i + 1L) * samplesPerPacketAt48k, i + 2, packets.get(i));
        return file.toByteArray();
    }

    private static void page(ByteArrayOutputStream file, int flags, long granule, int number, byte[] packet) {
        int segments = packet.length / 255 + 1;
        var page = ByteBuffer.allocate(27 + segments + packet.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags);
        page.putLong(granule).putInt(SERIAL).putInt(number).putInt(0).put((byte) segments);
        for (int i = 0; i < segments - 1; i++) page.put((byte) 255);
        page.put((byte) (packet.length % 255)).put(packet);
        page.putInt(22, checksum(page.array()));
        file.writeBytes(page.array());
    }

    private static int checksum(byte[] page) {
        int crc = 0;
        for (byte next : page) {
            crc ^= (next & 0xFF) << 24;
            for (int bit = 0; bit < 8; bit++) crc = crc < 0 ? crc << 1 ^ 0x04C1_1DB7 : crc << 1;
        }
        return crc;
    }

    /** The packets of sound, after the two of the head. */
    static List<byte[]> read(byte[] file) {
        var packets = new ArrayList<byte[]>();
        var part = new ByteArrayOutputStream();
        for (int at = 0; at + 27 <= file.length; ) {
            int segments = file[at + 26] & 0xFF;
            int data = at + 27 + segments;
            for (int i = 0; i < segments; i++) {
                int length = file[at + 27 + i] & 0xFF;
                part.write(file, data, length);
                data += length;
                if (length < 255) {
                    packets.add(part.toByteArray());
                    part.reset();
                }
            }
            at = data;
        }
        return packets.subList(2, packets.size());
    }

    /** The pre-skip that the head names, in samples at 48 kHz. */
    static int preSkip(byte[] file) {
        byte[] head = Arrays.copyOfRange(file, 28, 47);
        return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getShort(10) & 0xFFFF;
    }
}
