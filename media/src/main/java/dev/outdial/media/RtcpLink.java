package dev.outdial.media;

import dev.outdial.media.net.MediaSocket;
import dev.outdial.media.net.PacketBuffers;
import dev.outdial.media.rtcp.RtcpReception;
import dev.outdial.media.rtcp.RtcpReporter;
import dev.outdial.media.sdp.Negotiation.Agreed;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The RTCP half of a session: reads, reports and says BYE on the odd port. <b>Threading:</b> belongs to the media loop. */
final class RtcpLink {
    private static final int MAX_PACKETS_A_READ = 50;

    /**
     * How often it is looked whether a far end begins to report. One that does is read every packet time: what the round trip time
     * is worth, here and there, depends on how soon a report is read.
     */
    private static final long READ_SILENT_EVERY_NANOS = 200_000_000;

    /** Told of what the far end sent. */
    interface Heard {
        /** RTCP was understood; with {@code firstBye} it says BYE for the first time. */
        void put(boolean firstBye, long nowNanos);
    }

    private final MediaSocket socket;
    private final Sealing sealing;
    private final RtcpReception reception;
    private final RtcpReporter reporter;
    private final Heard heard;
    private Optional<Agreed> agreed = Optional.empty();
    private boolean byeTold;
    private boolean hasNews;
    private boolean hasHeard;
    private long readNanos;

    RtcpLink(
            MediaSocket socket,
            Sealing sealing,
            RtcpReception reception,
            RtcpReporter reporter,
            Heard heard,
            long nowNanos) {
        this.socket = socket;
        this.sealing = sealing;
        this.reception = reception;
        this.reporter = reporter;
        this.heard = heard;
        this.readNanos = nowNanos;
    }

    void agree(Agreed terms) {
        agreed = Optional.of(terms);
        reception.clockRate(terms.codec().clockRate());
    }

    /** To be called every packet time: reads, and sends the report that has become due. */
    void tick(PacketBuffers buffers, long nowNanos) {
        if (hasHeard || nowNanos - readNanos >= READ_SILENT_EVERY_NANOS) read(buffers, nowNanos);
        if (nowNanos - reporter.nextDeadlineNanos() >= 0 && mayReport()) {
            ByteBuffer packet = buffers.outgoing().clear();
            if (reporter.writeReport(packet, nowNanos)) send(packet);
        }
    }

    /** Reads what has arrived. */
    void read(PacketBuffers buffers, long nowNanos) {
        readNanos = nowNanos;
        ByteBuffer datagram = buffers.incoming();
        for (int i = 0; i < MAX_PACKETS_A_READ && socket.receive(datagram); i++)
            put(datagram, isFarEnd(socket.sender()), nowNanos);
    }

    private boolean isFarEnd(InetSocketAddress from) {
        return agreed.isPresent() && agreed.get().remoteRtcp().equals(from);
    }

    /** Takes a datagram, whichever port it came to. */
    void put(ByteBuffer datagram, boolean isFarEnds, long nowNanos) {
        if (!isFarEnds || !sealing.openRtcp(datagram) || !reception.put(datagram, nowNanos)) return;
        hasNews = true;
        hasHeard = true;
        heard.put(reception.isBye() && !byeTold, nowNanos);
        byeTold = reception.isBye();
    }

    /** The packet that has the sender's present timestamp is due now. */
    void packetTime(long nowNanos) {
        reporter.packetTime(nowNanos);
    }

    /** The last packet of the session. */
    void sendBye(PacketBuffers buffers, long nowNanos) {
        if (!mayReport()) return;
        ByteBuffer packet = buffers.outgoing().clear();
        if (reporter.writeBye(packet, nowNanos)) send(packet);
    }

    private boolean mayReport() {
        return agreed.isPresent() && agreed.get().mayReport();
    }

    private void send(ByteBuffer packet) {
        sealing.sealRtcp(packet.flip());
        socket.send(packet, agreed.orElseThrow().remoteRtcp());
    }

    /** Packets that the system would not take. */
    long unsent() {
        return socket.unsent();
    }

    /** Writes what the far end reports, where that is new. */
    void show(StatisticsBoard board) {
        if (!hasNews) return;
        hasNews = false;
        board.remote(
                reception.remoteLost().orElse(Long.MIN_VALUE),
                reception.remoteJitterMillis().orElse(Double.NaN),
                reception.roundTripMillis().orElse(Double.NaN));
    }
}
