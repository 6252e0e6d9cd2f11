package dev.outdial.media.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The packets of an Ogg file's sound: of the first stream of Vorbis or Opus in each link of the chain. Streams beside it
 * (pictures, an index) are passed over.
 *
 * <pre>
 *   link 1                                          link 2
 *   | first pages of all streams | other pages ... | first pages | other pages ...
 * </pre>
 */
final class OggPackets {
    /**
     * One packet.
     *
     * @param startsStream whether it is the first of a stream
     * @param pageOffset of the page it ends on, in bytes from the start of the file
     * @param granulePosition samples at the end of its page, where it is the last packet that ends there; else -1
     * @param finalGranule samples at the end of the stream, where its page is the last; else -1
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared, and not copied: packets are many
    record Packet(byte[] data, boolean startsStream, long pageOffset, long granulePosition, long finalGranule) {
        /** Its first bytes as a text, as far as there are so many. */
        String text(int count) {
            return new String(data, 0, Math.min(count, data.length), StandardCharsets.ISO_8859_1);
        }
    }

    private static final int MAX_PACKET_BYTES = 1 << 20;
    private static final int MAX_STREAMS = 64;

    private final AudioInput input;
    private final OggPages pages;
    private final ArrayDeque<Packet> ready = new ArrayDeque<>();
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final Set<Integer> others = new HashSet<>();
    private String otherName = "";
    private boolean amongFirstPages;
    private boolean chosen;
    private boolean inPacket;
    private boolean ended;
    private int serial;
    private int nextSequence;

    OggPackets(AudioInput input) {
        this.input = input;
        this.pages = new OggPages(input);
    }

    /** The next packet; empty at the end of the file. */
    Optional<Packet> next() throws IOException {
        while (ready.isEmpty()) {
            Optional<OggPages.Page> page = pages.next();
            if (page.isEmpty()) return atEnd();
            if (page.get().isFirst()) begin(page.get());
            else if (!chosen) throw nothingToPlay(page.get().offset());
            else goOn(page.get());
        }
        return Optional.of(ready.remove());
    }

    private Optional<Packet> atEnd() throws AudioFormatException {
        if (!chosen) throw nothingToPlay(pages.offset());
        if (inPacket) throw input.refusal("ends within a packet", pages.offset());
        return Optional.empty();
    }

    private AudioFormatException nothingToPlay(long offset) {
        return input.refusal(
                "no Vorbis and no Opus in this Ogg file" + (otherName.isEmpty() ? "" : ", but " + otherName), offset);
    }

    private void begin(OggPages.Page page) throws AudioFormatException {
        if (!amongFirstPages) {
            if (inPacket) throw input.refusal("a stream begins within a packet of another", page.offset());
            amongFirstPages = true;
            chosen = false;
            others.clear();
        }
        String head = new String(page.body(), 0, Math.min(80, page.body().length), StandardCharsets.ISO_8859_1);
        if (!chosen && (head.startsWith("\u0001vorbis") || head.startsWith("OpusHead"))) {
            chosen = true;
            ended = false;
            inPacket = false;
            partial.reset();
            serial = page.serial();
            nextSequence = page.sequence();
            take(page, true);
            return;
        }
        otherName = nameOf(head);
        others.add(page.serial());
        if (others.size() > MAX_STREAMS)
            throw input.refusal("more than " + MAX_STREAMS + " streams beside one another", page.offset());
    }

    private static String nameOf(String head) {
        if (head.startsWith("Speex   ")) return "Speex";
        if (head.startsWith("\u007FFLAC")) return "FLAC";
        if (head.startsWith("\u0080theora")) return "Theora";
        return "something else";
    }

    private void goOn(OggPages.Page page) throws AudioFormatException {
        amongFirstPages = false;
        if (page.serial() != serial || ended) {
            if (page.serial() != serial && others.contains(page.serial())) return;
            throw input.refusal("a page of no stream that has begun", page.offset());
        }
        take(page, false);
    }

    private void take(OggPages.Page page, boolean first) throws AudioFormatException {
        if (page.sequence() != nextSequence || page.continuesPacket() != inPacket)
            throw input.refusal(
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
                throw input.refusal("packet of more than " + MAX_PACKET_BYTES + " bytes", page.offset());
            if (inPacket) continue;
            ready.add(new Packet(
                    partial.toByteArray(),
                    first && ready.isEmpty(),
                    page.offset(),
                    i == lastEnd ? page.granulePosition() : -1,
                    ended ? page.granulePosition() : -1));
            partial.reset();
        }
    }

    private static int lastPacketEnd(byte[] lacing) {
        int i = lacing.length - 1;
        while (i >= 0 && lacing[i] == (byte) 255) i--;
        return i;
    }
}
