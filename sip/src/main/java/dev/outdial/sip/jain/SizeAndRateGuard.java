package dev.outdial.sip.jain;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Drops what is too big, what comes too fast from one address and what holds a NUL in its head, and keeps jain-sip's automatic 400, which
 * repeats its input raw, from leaving. Counts what it drops. <b>Threading:</b> any thread.
 */
final class SizeAndRateGuard {
    /** The parser takes time that grows faster than the message: 16 KB cost 12-16 ms. */
    static final int LARGEST_MESSAGE_BYTES = 16_384;
    /** As many as a trunk under full load sends, and far more than one caller does. */
    static final int DATAGRAMS_PER_SECOND = 20_000;

    private static final int SOURCES_REMEMBERED = 1_024;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final byte[] BAD_REQUEST = "SIP/2.0 400 Bad Request (".getBytes(StandardCharsets.US_ASCII);

    private final LongSupplier nanoClock;
    private final LongAdder dropped = new LongAdder();
    private final Map<InetAddress, Window> windows = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Window> eldest) {
            return size() > SOURCES_REMEMBERED;
        }
    };

    private record Window(long sinceNanos, int count) {}

    SizeAndRateGuard(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Whether a message may be parsed. */
    boolean admits(InetSocketAddress source, byte[] bytes, int offset, int byteLength) {
        // A datagram that fills the buffer was cut by the socket.
        boolean admitted = byteLength < LARGEST_MESSAGE_BYTES
                && withinRate(source.getAddress())
                && !CallIdScan.hasNul(bytes, offset, byteLength);
        if (!admitted) dropped.increment();
        return admitted;
    }

    /** Whether a message may leave. */
    boolean releases(byte[] bytes, int offset, int byteLength) {
        if (byteLength < BAD_REQUEST.length) return true;
        for (int i = 0; i < BAD_REQUEST.length; i++) {
            if (bytes[offset + i] != BAD_REQUEST[i]) return true;
        }
        dropped.increment();
        return false;
    }

    /** How many messages were dropped, in either direction. */
    long dropped() {
        return dropped.sum();
    }

    private synchronized boolean withinRate(InetAddress source) {
        long now = nanoClock.getAsLong();
        Window window = windows.get(source);
        if (window == null || now - window.sinceNanos() >= SECOND_NANOS) window = new Window(now, 0);
        windows.put(source, new Window(window.sinceNanos(), window.count() + 1));
        return window.count() < DATAGRAMS_PER_SECOND;
    }
}
