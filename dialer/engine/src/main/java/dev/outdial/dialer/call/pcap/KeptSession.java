package dev.outdial.dialer.call.pcap;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The sound of one attempt of a call, whose packets are kept. <b>Threading:</b> any. */
final class KeptSession {
    private static final long NANOS = 1_000_000_000;

    private final String requestId;
    private final Supplier<byte[]> description;
    /** Its own: over weeks the clocks part. */
    private final long epochMinusNano;

    private final AtomicLong leftOut = new AtomicLong();
    private volatile boolean full;
    private volatile boolean over;

    /** @param description our session description as it is at that time */
    KeptSession(String requestId, Supplier<byte[]> description, Instant now, long nowNanos) {
        this.requestId = requestId;
        this.description = description;
        this.epochMinusNano = now.getEpochSecond() * NANOS + now.getNano() - nowNanos;
    }

    String requestId() {
        return requestId;
    }

    byte[] description() {
        return description.get();
    }

    long epochNanos(long nowNanos) {
        return epochMinusNano + nowNanos;
    }

    void leaveOut() {
        leftOut.incrementAndGet();
    }

    long leftOut() {
        return leftOut.get();
    }

    /** No more of it is written. */
    void fill() {
        full = true;
    }

    boolean isFull() {
        return full;
    }

    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
