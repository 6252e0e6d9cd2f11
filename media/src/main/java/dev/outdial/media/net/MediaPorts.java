package dev.outdial.media.net;

import java.net.InetSocketAddress;

/** A pair of bound ports: RTP on the even one, RTCP on the odd one after it. */
public final class MediaPorts implements AutoCloseable {
    private final InetSocketAddress address;
    private final MediaSocket rtp;
    private final MediaSocket rtcp;
    private final Runnable release;
    private boolean closed;

    MediaPorts(InetSocketAddress address, MediaSocket rtp, MediaSocket rtcp, Runnable release) {
        this.address = address;
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.release = release;
    }

    /** Where RTP is received. */
    public InetSocketAddress address() {
        return address;
    }

    /** The even port. */
    public MediaSocket rtp() {
        return rtp;
    }

    /** The odd port. */
    public MediaSocket rtcp() {
        return rtcp;
    }

    /** Gives both ports back; may be called again, on any thread. */
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        rtp.close();
        rtcp.close();
        release.run();
    }
}
