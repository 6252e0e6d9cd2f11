package dev.outdial.sip.jain;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells those whom we listen to from strangers. Of a stranger only what belongs to something of ours is heard, and all strangers together
 * are looked at no more than 5,000 times a second: a flood costs little. <b>Threading:</b> any thread.
 */
final class Strangers {
    static final int SCANS_PER_SECOND = 5_000;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Predicate<String> knowsCallId;
    private final LongSupplier nanoClock;
    private final LongAdder turnedAway = new LongAdder();
    private volatile @Nullable Set<InetAddress> trusted;
    private long secondStartNanos;
    private int scans;

    Strangers(Predicate<String> knowsCallId, LongSupplier nanoClock) {
        this.knowsCallId = knowsCallId;
        this.nanoClock = nanoClock;
        this.secondStartNanos = nanoClock.getAsLong();
    }

    /** From now on everybody else is a stranger. */
    void trust(Set<InetAddress> peers) {
        trusted = Set.copyOf(peers);
    }

    /** Whether that one was named. */
    boolean trusts(InetAddress source) {
        Set<InetAddress> current = trusted;
        return current != null && current.contains(source);
    }

    /** Whether a message is heard. */
    boolean admits(InetAddress source, byte[] bytes, int offset, int byteLength) {
        Set<InetAddress> current = trusted;
        if (current == null || current.contains(source) || belongsToUs(bytes, offset, byteLength)) return true;
        turnedAway.increment();
        return false;
    }

    private boolean belongsToUs(byte[] bytes, int offset, int byteLength) {
        if (!mayScan()) return false;
        Optional<String> callId = CallIdScan.callId(bytes, offset, byteLength);
        return callId.isPresent() && knowsCallId.test(callId.get());
    }

    private synchronized boolean mayScan() {
        long now = nanoClock.getAsLong();
        if (now - secondStartNanos >= SECOND_NANOS) {
            secondStartNanos = now;
            scans = 0;
        }
        return scans++ < SCANS_PER_SECOND;
    }

    /** How many messages were turned away. */
    long turnedAway() {
        return turnedAway.sum();
    }
}
