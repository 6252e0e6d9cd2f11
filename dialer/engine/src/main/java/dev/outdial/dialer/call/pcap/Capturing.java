package dev.outdial.dialer.call.pcap;

import dev.outdial.media.net.PacketTap;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.trace.Secrets;
import dev.outdial.sip.transport.WireMessage;
import dev.outdial.sip.transport.WireTap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what goes over the wire to a file, on a thread of its own. Who hands it over never waits: where the disk does not keep up,
 * packets are left out and counted. <b>Threading:</b> any; {@link #close} waits for what is still to be written, for seconds at most.
 */
public final class Capturing implements PacketTap, WireTap, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Capturing.class);

    private sealed interface Item {
        @SuppressWarnings("ArrayRecordComponent") // nobody compares them
        record Message(long epochNanos, boolean isStream, InetSocketAddress from, InetSocketAddress to, byte[] bytes)
                implements Item {}

        @SuppressWarnings("ArrayRecordComponent") // nobody compares them
        record Media(long epochNanos, InetSocketAddress from, InetSocketAddress to, byte[] bytes) implements Item {}
    }

    private final Path path;
    private final AtomicLong leftOut = new AtomicLong();
    private final long epochMinusNano = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
    private final WritingThread<Item> writing;

    private Capturing(Path path, boolean showKeys, PcapFile file) {
        this.path = path;
        this.writing = WritingThread.start("outdial-pcap", path.toString(), new Written(file, showKeys));
    }

    /**
     * Begins a file.
     *
     * @param showKeys whether pressed keys stay legible
     * @throws IOException when it cannot be written
     */
    public static Capturing to(Path path, boolean showKeys) throws IOException {
        return new Capturing(path, showKeys, PcapFile.create(path));
    }

    @Override
    public void passed(WireMessage message) {
        boolean sent = message.direction() == WireMessage.Direction.SENT;
        offer(new Item.Message(
                epochMinusNano + message.atNanos(),
                message.transport() != TransportProtocol.UDP,
                sent ? message.local() : message.remote(),
                sent ? message.remote() : message.local(),
                message.bytes()));
    }

    @Override
    public void saw(
            InetSocketAddress local,
            InetSocketAddress far,
            boolean sent,
            ByteBuffer buffer,
            int offset,
            int byteLength) {
        byte[] bytes = new byte[byteLength];
        buffer.get(offset, bytes);
        offer(new Item.Media(epochMinusNano + System.nanoTime(), sent ? local : far, sent ? far : local, bytes));
    }

    /** Packets that are not in the file: the disk did not keep up, or failed. */
    public long leftOut() {
        return leftOut.get();
    }

    private void offer(Item item) {
        if (!writing.offer(item)) leftOut.incrementAndGet();
    }

    /** The file, of the thread that writes. */
    private static final class Written implements WritingThread.Sink<Item> {
        private final PcapFile file;
        private final boolean showKeys;
        private final IpPackets packets = new IpPackets();
        private final KeyBlanker blanker = new KeyBlanker();

        Written(PcapFile file, boolean showKeys) {
            this.file = file;
            this.showKeys = showKeys;
        }

        @Override
        public void write(Item item) throws IOException {
            switch (item) {
                case Item.Message m -> {
                    String message = new String(m.bytes(), StandardCharsets.ISO_8859_1);
                    blanker.described(message);
                    byte[] masked = Secrets.masked(message, !showKeys).getBytes(StandardCharsets.ISO_8859_1);
                    file.packet(
                            m.epochNanos(),
                            m.isStream()
                                    ? packets.segment(m.from(), m.to(), masked)
                                    : packets.datagram(m.from(), m.to(), masked));
                }
                case Item.Media m -> {
                    if (!showKeys) blanker.blank(m.bytes());
                    file.packet(m.epochNanos(), packets.datagram(m.from(), m.to(), m.bytes()));
                }
            }
        }

        @Override
        public void flush() throws IOException {
            file.flush();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** Writes what waits, and closes the file; doing it twice does no harm. */
    @Override
    public void close() {
        writing.close();
        if (leftOut.get() > 0) LOG.warn("{}: {} packets are missing", path, leftOut.get());
    }
}
