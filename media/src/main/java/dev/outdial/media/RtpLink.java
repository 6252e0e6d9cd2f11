package dev.outdial.media;

import dev.outdial.media.net.MediaSocket;
import dev.outdial.media.net.PacketBuffers;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The RTP half of a session: moves packets between its streams and the even port. <b>Threading:</b> belongs to the media loop.
 *
 * <p>The socket is connected to the far end where nothing was heard, from anybody, for three seconds. Only then the system says
 * when nobody listens there (ICMP), and a packet takes a seventh less time to send. Not before, for a connected socket cannot say
 * that sound comes from another address than the agreed one; and not while something is heard, for connecting loses what
 * arrives in these microseconds.
 */
final class RtpLink {
    private static final long SILENT_NANOS = 3_000_000_000L;

    /** Who takes what arrives. */
    interface Ear {
        /** Takes the datagram between the buffer's position and limit. */
        void put(ByteBuffer datagram, InetSocketAddress from, long nowNanos);
    }

    private final MediaSocket socket;
    private final Sealing sealing;
    private final boolean latching;
    private final Ear ear;
    private final ReadRhythm rhythm = new ReadRhythm();
    private Optional<InetSocketAddress> target = Optional.empty();
    private long heardNanos;
    private boolean connectable;
    private long sent;

    /** @param latching whether the far end may be heard from another address than the agreed one: then nothing is connected */
    RtpLink(MediaSocket socket, Sealing sealing, boolean latching, Ear ear) {
        this.socket = socket;
        this.sealing = sealing;
        this.ear = ear;
        this.latching = latching;
    }

    /** Where packets go from now on. */
    void target(InetSocketAddress next, long nowNanos) {
        if (target.isPresent() && target.get().equals(next)) return;
        target = Optional.of(next);
        socket.disconnect();
        heardNanos = nowNanos;
        connectable = !latching && !next.getAddress().isAnyLocalAddress();
    }

    /** Sends a packet that was written into the buffer; false where the system would not take it. */
    boolean send(ByteBuffer packet) {
        sealing.seal(packet.flip());
        boolean taken = socket.send(packet, target.orElseThrow());
        if (taken) sent++;
        return taken;
    }

    /** Reads what has arrived, once a packet time. */
    void tick(PacketBuffers buffers, long nowNanos) {
        int limit = rhythm.limit();
        int count = limit == 0 ? 0 : read(limit, buffers, nowNanos);
        rhythm.found(limit, count);
        if (count > 0) heardNanos = nowNanos;
        else if (connectable && limit > 0 && nowNanos - heardNanos >= SILENT_NANOS) connect();
    }

    private void connect() {
        // Tried once: where the system refuses, it goes as before.
        connectable = false;
        socket.connect(target.orElseThrow());
    }

    /** Reads all that has arrived. */
    void readAll(PacketBuffers buffers, long nowNanos) {
        read(ReadRhythm.ALL, buffers, nowNanos);
    }

    private int read(int limit, PacketBuffers buffers, long nowNanos) {
        ByteBuffer datagram = buffers.incoming();
        int count = 0;
        for (; count < limit && socket.receive(datagram); count++) ear.put(datagram, socket.sender(), nowNanos);
        return count;
    }

    /** Packets that left. */
    long sent() {
        return sent;
    }

    /** Packets that the system would not take. */
    long unsent() {
        return socket.unsent();
    }

    /** How often the system said that nobody listens at the far end's port. */
    long unreachable() {
        return socket.unreachable();
    }
}
