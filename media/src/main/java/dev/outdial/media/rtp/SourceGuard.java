package dev.outdial.media.rtp;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Decides whose packets are taken and where ours are sent. Deterministic; no allocation a packet. <b>Threading:</b> one owner.
 *
 * <p>Before the answer anybody is taken: early media comes from where it wants. After it, strictly, only the negotiated address
 * is, and sent to. With latching, the first address that sends five packets of one SSRC in order is locked on: from then on
 * only that address and SSRC are taken, and RTP is sent there. Until then the negotiated address is taken and sent to, others
 * are watched.
 *
 * <p>Where the negotiated address sends, nobody else gets a lock: each of its packets starts the others' count anew, and five
 * packets at once are no stream. A locked address that goes on under another SSRC is followed after five packets in order
 * too, when none of the old SSRC comes between.
 */
public final class SourceGuard {
    private static final int PACKETS_TO_LOCK = 5;
    /** Five packets of 10 ms take that long; a burst that slips in between two packets of the far end does not. */
    private static final long MIN_STREAM_NANOS = 40_000_000;

    private final boolean latching;
    private final Run negotiatedRun = new Run();
    private final Run otherRun = new Run();
    private Optional<InetSocketAddress> negotiated = Optional.empty();
    private Optional<InetSocketAddress> locked = Optional.empty();
    private int lockedSsrc;

    public SourceGuard(boolean latching) {
        this.latching = latching;
    }

    /** The far end's address was agreed upon. One that differs from that before ends a lock. */
    public void agree(InetSocketAddress address) {
        // c=0.0.0.0 is a hold and no address: whoever holds comes back.
        if (negotiated.isPresent() && address.getAddress().isAnyLocalAddress()) return;
        if (negotiated.isPresent() && !negotiated.get().equals(address)) {
            locked = Optional.empty();
            negotiatedRun.forget();
            otherRun.forget();
        }
        negotiated = Optional.of(address);
    }

    /** Whether what is no RTP comes from where RTP is taken from. */
    public boolean isFarEnd(InetSocketAddress from) {
        if (locked.isPresent()) return locked.get().equals(from);
        return negotiated.isEmpty() || negotiated.get().equals(from);
    }

    /**
     * Judges an RTP packet.
     *
     * @param isAgreedType whether its payload type is one that the far end may send
     * @return whether it is to be taken
     */
    public boolean takes(InetSocketAddress from, RtpPacket packet, boolean isAgreedType, long nowNanos) {
        if (!latching) return isFarEnd(from);
        if (locked.isPresent()) return takesLocked(from, packet, isAgreedType, nowNanos);
        if (negotiated.isEmpty()) {
            if (isAgreedType) otherRun.add(from, packet, nowNanos);
            return true;
        }
        boolean isNegotiated = negotiated.get().equals(from);
        if (isAgreedType) {
            Run run = isNegotiated ? negotiatedRun : otherRun;
            run.add(from, packet, nowNanos);
            if (isNegotiated) otherRun.forget();
            if (run.isStream(nowNanos)) lock(from, packet.ssrc());
        }
        return isNegotiated || locked.isPresent();
    }

    private boolean takesLocked(InetSocketAddress from, RtpPacket packet, boolean isAgreedType, long nowNanos) {
        if (!locked.orElseThrow().equals(from)) return false;
        if (packet.ssrc() == lockedSsrc) {
            otherRun.forget();
            return true;
        }
        if (!isAgreedType) return false;
        otherRun.add(from, packet, nowNanos);
        if (!otherRun.isStream(nowNanos)) return false;
        lock(from, packet.ssrc());
        return true;
    }

    private void lock(InetSocketAddress from, int ssrc) {
        locked = Optional.of(from);
        lockedSsrc = ssrc;
        negotiatedRun.forget();
        otherRun.forget();
    }

    /** Whether a source was locked on. */
    public boolean isLocked() {
        return locked.isPresent();
    }

    /**
     * Where RTP is sent to.
     *
     * @throws IllegalStateException before {@link #agree}
     */
    public InetSocketAddress target() {
        return locked.or(() -> negotiated).orElseThrow(() -> new IllegalStateException("no address agreed yet"));
    }

    /** Packets of one address and SSRC, each with the number after the one before. */
    private static final class Run {
        private static final InetSocketAddress NOBODY = new InetSocketAddress(0);

        private InetSocketAddress address = NOBODY;
        private int ssrc;
        private int number;
        private int count;
        private long sinceNanos;

        void add(InetSocketAddress from, RtpPacket packet, long nowNanos) {
            boolean isSame = address.equals(from) && packet.ssrc() == ssrc;
            int ahead = packet.sequenceNumber() - number & 0xFFFF;
            // A network that doubles a packet does not break its order.
            if (isSame && ahead == 0) return;
            if (isSame && ahead == 1) {
                count++;
            } else {
                address = from;
                ssrc = packet.ssrc();
                count = 1;
                sinceNanos = nowNanos;
            }
            number = packet.sequenceNumber();
        }

        boolean isStream(long nowNanos) {
            return count >= PACKETS_TO_LOCK && nowNanos - sinceNanos >= MIN_STREAM_NANOS;
        }

        void forget() {
            address = NOBODY;
            count = 0;
        }
    }
}
