package dev.outdial.dialer.call.pcap;

import dev.outdial.media.net.PacketTap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the RTP and RTCP of each call in a file of its own, as it was on the wire. Who hands packets over never waits: where the disk does
 * not keep up, or a file is as long as it may become, they are left out and counted.
 *
 * <p><b>Threading:</b> any; one thread of its own writes. {@link #close} waits for what is still to be written, for seconds at most.
 */
public final class PacketKeeper implements PacketTap, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PacketKeeper.class);

    private final Map<InetSocketAddress, KeptSession> byPort = new ConcurrentHashMap<>();
    private final AtomicLong leftOut = new AtomicLong();
    private final WritingThread<KeptFiles.Packet> writing;

    private PacketKeeper(Path folder, KeptFiles files) {
        this.writing = WritingThread.start("outdial-packets", folder.toString(), files);
    }

    /**
     * Keeps them in files of that folder.
     *
     * @param mostBytes how long a file may become
     * @param showKeys whether pressed keys are written
     * @throws IOException when the folder cannot be made
     */
    public static PacketKeeper in(Path folder, long mostBytes, boolean showKeys) throws IOException {
        return new PacketKeeper(Files.createDirectories(folder), new KeptFiles(folder, mostBytes, showKeys));
    }

    /** Where the packets of a call are, once there are some: {@link PcapFile} has the format. */
    public static Path file(Path folder, String requestId) {
        return folder.resolve(URLEncoder.encode(requestId, StandardCharsets.UTF_8) + ".pcap");
    }

    /**
     * Keeps what goes through a pair of ports.
     *
     * @param requestId all attempts of a call share it, and a file
     * @param rtp the even port; the one after it has RTCP
     * @param description our session description as it is at that time
     * @return ends it
     */
    public Runnable keep(String requestId, InetSocketAddress rtp, Supplier<byte[]> description) {
        var session = new KeptSession(requestId, description, Instant.now(), System.nanoTime());
        var rtcp = new InetSocketAddress(rtp.getAddress(), rtp.getPort() + 1);
        byPort.put(rtp, session);
        byPort.put(rtcp, session);
        return () -> {
            byPort.remove(rtp, session);
            byPort.remove(rtcp, session);
            session.end();
        };
    }

    @Override
    public void saw(
            InetSocketAddress local,
            InetSocketAddress far,
            boolean sent,
            ByteBuffer buffer,
            int offset,
            int byteLength) {
        KeptSession session = byPort.get(local);
        if (session == null) return;
        if (session.isFull()) {
            leaveOut(session);
            return;
        }
        byte[] bytes = new byte[byteLength];
        buffer.get(offset, bytes);
        long epochNanos = session.epochNanos(System.nanoTime());
        if (!writing.offer(new KeptFiles.Packet(session, epochNanos, sent ? local : far, sent ? far : local, bytes))) {
            leaveOut(session);
        }
    }

    private void leaveOut(KeptSession session) {
        session.leaveOut();
        leftOut.incrementAndGet();
    }

    /** Packets of all calls that were not handed on: a call's file was full, or the disk did not keep up. */
    public long leftOut() {
        return leftOut.get();
    }

    /** Writes what waits, and closes all files; doing it twice does no harm. */
    @Override
    public void close() {
        writing.close();
        if (leftOut.get() > 0) LOG.warn("{} packets of calls were not kept", leftOut.get());
    }
}
