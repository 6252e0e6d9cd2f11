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
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what goes over the wire to a file, on a thread of its own. Who hands it over never waits: where the disk does not keep up,
 * packets are left out and counted. <b>Threading:</b> any; {@link #close} waits for what is still to be written, for seconds at most.
 */
public final class Capturing implements PacketTap, WireTap, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Capturing.class);
    private static final int QUEUE = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private sealed interface Item {
        @SuppressWarnings("ArrayRecordComponent") // nobody compares them
        record Message(long epochNanos, boolean isStream, InetSocketAddress from, InetSocketAddress to, byte[] bytes)
                implements Item {}

        @SuppressWarnings("ArrayRecordComponent") // nobody compares them
        record Media(long epochNanos, InetSocketAddress from, InetSocketAddress to, byte[] bytes) implements Item {}

        record End() implements Item {}
    }

    private final Path path;
    private final boolean showKeys;
    private final PcapFile file;
    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong leftOut = new AtomicLong();
    private final IpPackets packets = new IpPackets();
    private final KeyBlanker blanker = new KeyBlanker();
    private final long epochMinusNano = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
    private final Thread writer = new Thread(this::write, "outdial-pcap");
    private volatile boolean closed;

    private Capturing(Path path, boolean showKeys, PcapFile file) {
        this.path = path;
        this.showKeys = showKeys;
        this.file = file;
    }

    /**
     * Begins a file.
     *
     * @param showKeys whether pressed keys stay legible
     * @throws IOException when it cannot be written
     */
    public static Capturing to(Path path, boolean showKeys) throws IOException {
        var capturing = new Capturing(path, showKeys, PcapFile.create(path));
        capturing.writer.setDaemon(true);
        capturing.writer.start();
        return capturing;
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
    public void saw(InetSocketAddress from, InetSocketAddress to, ByteBuffer buffer, int offset, int byteLength) {
        byte[] bytes = new byte[byteLength];
        buffer.get(offset, bytes);
        offer(new Item.Media(epochMinusNano + System.nanoTime(), from, to, bytes));
    }

    /** Packets that are not in the file: the disk did not keep up, or failed. */
    public long leftOut() {
        return leftOut.get();
    }

    private void offer(Item item) {
        if (closed || !queue.offer(item)) leftOut.incrementAndGet();
    }

    private void write() {
        try (file) {
            while (true) {
                Item item = queue.poll(1, TimeUnit.SECONDS);
                if (item instanceof Item.End) return;
                if (item == null) file.flush();
                else write(item);
            }
        } catch (IOException e) {
            LOG.error("{} cannot be written any more: {}", path, e.toString());
        } catch (InterruptedException e) {
            LOG.warn("{} is not whole: its writing was interrupted", path);
        } finally {
            closed = true;
        }
    }

    private void write(Item item) throws IOException {
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
            case Item.End end -> {}
        }
    }

    /** Writes what waits, and closes the file; doing it twice does no harm. */
    @Override
    public void close() {
        try {
            // Where it is full the writer makes room.
            boolean told = !writer.isAlive() || queue.offer(new Item.End(), PATIENCE.toSeconds(), TimeUnit.SECONDS);
            writer.join(PATIENCE);
            if (!told || writer.isAlive()) writer.interrupt();
        } catch (InterruptedException e) {
            writer.interrupt();
            Thread.currentThread().interrupt();
        }
        if (leftOut.get() > 0) LOG.warn("{}: {} packets are missing", path, leftOut.get());
    }
}
