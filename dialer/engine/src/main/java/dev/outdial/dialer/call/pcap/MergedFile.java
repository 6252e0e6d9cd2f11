package dev.outdial.dialer.call.pcap;

import dev.outdial.sip.trace.MessageLog;
import dev.outdial.sip.trace.TracedMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The messages of one call and the packets that {@link PacketKeeper} kept of it as one file, in the order of their times. It is made as it
 * is read; of packets that are still being kept it has those of when it was asked for. Immutable.
 */
public final class MergedFile {
    private final List<PcapReader.Packet> messages;
    private final Path packets;
    private final long packetsEnd;
    /** What to read before keys are blanked; empty where they stay. */
    private final Optional<List<String>> descriptions;

    private final long byteLength;

    private MergedFile(MessageLog log, Path packets, boolean withSecrets) throws IOException {
        this.messages = MessageFile.packets(log, withSecrets);
        this.packets = packets;
        this.packetsEnd = PcapReader.wholeBytes(packets);
        this.descriptions = withSecrets
                ? Optional.empty()
                : Optional.of(log.messages().stream().map(TracedMessage::whole).toList());
        long messageBytes = messages.stream()
                .mapToLong(message -> PcapFile.PACKET_HEADER_BYTES + message.ip().length)
                .sum();
        this.byteLength = messageBytes + Math.max(PcapFile.FILE_HEADER_BYTES, packetsEnd);
    }

    /**
     * The file.
     *
     * @param packets where there is no such file, the messages alone
     * @param withSecrets whether secrets and pressed keys stay as they are, where they were kept
     */
    public static MergedFile of(MessageLog log, Path packets, boolean withSecrets) throws IOException {
        return new MergedFile(log, packets, withSecrets);
    }

    /** How long it is. */
    public long byteLength() {
        return byteLength;
    }

    /** Reads it; who opens it closes it. */
    public InputStream open() throws IOException {
        InputStream none = InputStream.nullInputStream();
        return new Merging(
                messages,
                packetsEnd == 0 ? new PcapReader(none, 0) : PcapReader.open(packets, packetsEnd),
                descriptions.map(MergedFile::blanker));
    }

    private static KeyBlanker blanker(List<String> descriptions) {
        var blanker = new KeyBlanker();
        descriptions.forEach(blanker::described);
        return blanker;
    }

    /** One packet at a time. <b>Threading:</b> one owner. */
    private static final class Merging extends InputStream {
        private final Deque<PcapReader.Packet> messages;
        private final PcapReader packets;
        private final Optional<KeyBlanker> blanker;
        private Optional<PcapReader.Packet> next;
        private byte[] chunk = PcapFile.fileHeader();
        private int at;

        Merging(List<PcapReader.Packet> messages, PcapReader packets, Optional<KeyBlanker> blanker) throws IOException {
            this.messages = new ArrayDeque<>(messages);
            this.packets = packets;
            this.blanker = blanker;
            this.next = packets.next();
        }

        @Override
        public int read() throws IOException {
            return fill() ? chunk[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) return 0;
            if (!fill()) return -1;
            int count = Math.min(length, chunk.length - at);
            System.arraycopy(chunk, at, target, offset, count);
            at += count;
            return count;
        }

        private boolean fill() throws IOException {
            if (at < chunk.length) return true;
            PcapReader.Packet message = messages.peekFirst();
            boolean isMessage = message != null
                    && (next.isEmpty() || message.epochNanos() <= next.get().epochNanos());
            Optional<PcapReader.Packet> packet = isMessage ? Optional.of(messages.removeFirst()) : next;
            if (packet.isEmpty()) return false;
            byte[] ip = packet.get().ip();
            if (!isMessage) {
                blanker.ifPresent(keys -> IpPackets.blank(ip, keys));
                next = packets.next();
            }
            byte[] header = PcapFile.packetHeader(packet.get().epochNanos(), ip.length);
            chunk = Arrays.copyOf(header, header.length + ip.length);
            System.arraycopy(ip, 0, chunk, header.length, ip.length);
            at = 0;
            return true;
        }

        @Override
        public void close() throws IOException {
            packets.close();
        }
    }
}
