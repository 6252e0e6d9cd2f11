package dev.outdial.media.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;

/** The packets of an Ogg file's one logical stream. */
final class OggPackets {
    /**
     * One packet.
     *
     * @param pageOffset of the page it ends on, in bytes from the start of the file
     * @param granulePosition samples at the end of its page, where it is the last packet that ends there; else -1
     * @param endOfStream whether its page is the stream's last
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared, and not copied: packets are many
    record Packet(byte[] data, long pageOffset, long granulePosition, boolean endOfStream) {}

    private static final int MAX_PACKET_BYTES = 1 << 20;

    private final Path file;
    private final OggPages pages;
    private final ArrayDeque<Packet> ready = new ArrayDeque<>();
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private boolean inPacket;
    private boolean started;
    private boolean ended;
    private int serial;
    private int nextSequence;

    OggPackets(Path file, OggPages pages) {
        this.file = file;
        this.pages = pages;
    }

    /** The next packet; empty at the end of the stream. */
    Optional<Packet> next() throws IOException {
        while (ready.isEmpty()) {
            Optional<OggPages.Page> page = pages.next();
            if (page.isEmpty()) return Optional.empty();
            take(page.get());
        }
        return Optional.of(ready.remove());
    }

    private void take(OggPages.Page page) throws AudioFormatException {
        if (!started) {
            started = true;
            serial = page.serial();
            nextSequence = page.sequence();
        }
        if (ended || page.serial() != serial)
            throw new AudioFormatException(file, "a second stream, expected one", page.offset());
        if (page.sequence() != nextSequence || page.continuesPacket() != inPacket)
            throw new AudioFormatException(
                    file,
                    "page " + Integer.toUnsignedString(page.sequence()) + ", expected "
                            + Integer.toUnsignedString(nextSequence),
                    page.offset());
        nextSequence++;
        ended = page.isLast();
        int lastEnd = lastPacketEnd(page.lacing());
        int at = 0;
        for (int i = 0; i < page.lacing().length; i++) {
            int length = page.lacing()[i] & 0xFF;
            partial.write(page.body(), at, length);
            at += length;
            inPacket = length == 255;
            if (partial.size() > MAX_PACKET_BYTES)
                throw new AudioFormatException(
                        file, "packet of more than " + MAX_PACKET_BYTES + " bytes", page.offset());
            if (inPacket) continue;
            ready.add(new Packet(
                    partial.toByteArray(), page.offset(), i == lastEnd ? page.granulePosition() : -1, ended));
            partial.reset();
        }
    }

    private static int lastPacketEnd(byte[] lacing) {
        int i = lacing.length - 1;
        while (i >= 0 && lacing[i] == (byte) 255) i--;
        return i;
    }
}
