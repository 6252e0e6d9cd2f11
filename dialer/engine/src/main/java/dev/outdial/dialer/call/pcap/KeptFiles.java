package dev.outdial.dialer.call.pcap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the calls that are up. A file that cannot be written costs its call's packets and no other's. <b>Threading:</b> one owner. */
final class KeptFiles implements WritingThread.Sink<KeptFiles.Packet> {
    private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);

    private final Path folder;
    private final long mostBytes;
    private final boolean showKeys;
    private final IpPackets packets = new IpPackets();
    private final Map<String, OpenFile> open = new HashMap<>();

    /** One datagram as it was on the wire. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Packet(KeptSession session, long epochNanos, InetSocketAddress from, InetSocketAddress to, byte[] bytes) {}

    private static final class OpenFile {
        private final PcapFile file;
        private final KeyBlanker blanker = new KeyBlanker();
        private KeptSession session;
        private boolean writtenTo = true;

        OpenFile(PcapFile file, KeptSession session) {
            this.file = file;
            this.session = session;
            described();
        }

        void described() {
            blanker.described(new String(session.description(), StandardCharsets.ISO_8859_1));
        }
    }

    /** @param mostBytes how long a file may become */
    KeptFiles(Path folder, long mostBytes, boolean showKeys) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.showKeys = showKeys;
    }

    @Override
    public void write(Packet packet) {
        KeptSession session = packet.session();
        if (session.isFull()) {
            session.leaveOut();
            return;
        }
        try {
            write(fileOf(session), packet);
        } catch (IOException | RuntimeException unwritable) {
            giveUp(session, unwritable);
        }
    }

    private OpenFile fileOf(KeptSession session) throws IOException {
        OpenFile known = open.get(session.requestId());
        if (known == null) {
            known = new OpenFile(PcapFile.append(PacketKeeper.file(folder, session.requestId())), session);
            open.put(session.requestId(), known);
        } else if (known.session != session) {
            // A further attempt of the same call.
            tell(known.session);
            known.session = session;
            known.described();
        }
        return known;
    }

    private void write(OpenFile to, Packet packet) throws IOException {
        if (!showKeys) to.blanker.blank(packet.bytes());
        byte[] ip = packets.datagram(packet.from(), packet.to(), packet.bytes());
        if (to.file.byteLength() + PcapFile.PACKET_HEADER_BYTES + ip.length > mostBytes) {
            packet.session().fill();
            packet.session().leaveOut();
            return;
        }
        to.file.packet(packet.epochNanos(), ip);
        to.writtenTo = true;
    }

    private void giveUp(KeptSession session, Exception unwritable) {
        LOG.error("call={} no more of its packets are kept: {}", session.requestId(), unwritable.toString());
        session.fill();
        session.leaveOut();
        OpenFile broken = open.remove(session.requestId());
        if (broken != null) close(broken);
    }

    /** Closes those that are over, too. */
    @Override
    public void flush() {
        for (Iterator<OpenFile> each = open.values().iterator(); each.hasNext(); ) {
            OpenFile one = each.next();
            // What waited in the queue when it ended was written since.
            if (one.session.isOver() && !one.writtenTo || !isFlushed(one)) {
                each.remove();
                close(one);
            }
            one.writtenTo = false;
        }
    }

    private static boolean isFlushed(OpenFile one) {
        try {
            one.file.flush();
            return true;
        } catch (IOException unwritable) {
            LOG.error("call={} no more of its packets are kept: {}", one.session.requestId(), unwritable.toString());
            one.session.fill();
            return false;
        }
    }

    private void close(OpenFile file) {
        try {
            file.file.close();
        } catch (IOException unwritable) {
            LOG.error("call={} the last of its packets are lost: {}", file.session.requestId(), unwritable.toString());
        }
        if (file.session.isOver()) tell(file.session);
    }

    private void tell(KeptSession session) {
        if (session.leftOut() > 0) {
            LOG.warn(
                    "call={} {} of its packets were not kept: {} bytes of a call are, and what the disk keeps up with",
                    session.requestId(),
                    session.leftOut(),
                    mostBytes);
        }
    }

    @Override
    public void close() {
        open.values().forEach(this::close);
        open.clear();
    }
}
