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

    /** Nothing in RTCP is urgent, and a read that finds nothing costs as much as one that does. */
    private static final long READ_EVERY_NANOS = 200_000_000;

    private final MediaSocket socket;
    private final RtcpReception reception;
    private final RtcpReporter reporter;
    private final Runnable remoteBye;
    private Optional<Agreed> agreed = Optional.empty();
    private boolean remoteByeTold;
    private boolean hasNews;
    private long readNanos;

    /** @param remoteBye told once, when the far end says BYE */
    RtcpLink(MediaSocket socket, RtcpReception reception, RtcpReporter reporter, Runnable remoteBye, long nowNanos) {
        this.socket = socket;
        this.reception = reception;
        this.reporter = reporter;
        this.remoteBye = remoteBye;
        this.readNanos = nowNanos;
    }

    void agree(Agreed terms) {
        agreed = Optional.of(terms);
    }

    /** To be called every packet time: now and then it reads, and sends the report that has become due. */
    void tick(PacketBuffers buffers, long nowNanos) {
        if (nowNanos - readNanos < READ_EVERY_NANOS) return;
        read(buffers, nowNanos);
        if (nowNanos - reporter.nextDeadlineNanos() >= 0 && mayReport()) {
            ByteBuffer packet = buffers.outgoing().clear();
            reporter.writeReport(packet, nowNanos);
            send(packet);
        }
    }

    /** Reads what has arrived. */
    void read(PacketBuffers buffers, long nowNanos) {
        readNanos = nowNanos;
        ByteBuffer datagram = buffers.incoming();
        for (int i = 0; i < MAX_PACKETS_A_READ && socket.receive(datagram); i++)
            put(datagram, socket.sender(), nowNanos);
    }

    private void put(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        if (agreed.isEmpty() || !agreed.get().remoteRtcp().equals(from)) return;
        hasNews |= reception.put(datagram, nowNanos);
        if (reception.isBye() && !remoteByeTold) {
            remoteByeTold = true;
            remoteBye.run();
        }
    }

    /** The last packet of the session. */
    void sendBye(PacketBuffers buffers, long nowNanos) {
        if (!mayReport()) return;
        ByteBuffer packet = buffers.outgoing().clear();
        reporter.writeBye(packet, nowNanos);
        send(packet);
    }

    private boolean mayReport() {
        return agreed.isPresent() && agreed.get().mayReport();
    }

    private void send(ByteBuffer packet) {
        socket.send(packet.flip(), agreed.orElseThrow().remoteRtcp());
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
