package dev.outdial.testbed.counting;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All streams that arrive, told apart by source port and SSRC. Allocates a stream, nothing a packet. <b>Threading:</b> one owner.
 */
final class CountedStreams {
    private static final int HEADER_BYTES = 12;
    private static final long PACKET_TIME_NANOS = 20_000_000;

    // A hash table with open addressing: a HashMap would make a Long of every packet's key.
    private long[] keys = new long[1024];
    private @Nullable CountedStream[] streams = new @Nullable CountedStream[1024];
    private int size;
    private long strays;
    private final IntervalHistogram whole = new IntervalHistogram(PACKET_TIME_NANOS);
    private final IntervalHistogram steady = new IntervalHistogram(PACKET_TIME_NANOS);
    private final long settleNanos;
    private boolean allAreUp;
    private long steadySinceNanos;
    private long steadyUntilNanos;

    /** @param settle how long after the last stream's first packet the steady time begins */
    CountedStreams(Duration settle) {
        settleNanos = settle.toNanos();
    }

    /**
     * Takes a datagram between the buffer's position and limit.
     *
     * @param isTimeSure whether it came at that time, and not up to a while before
     */
    void hear(ByteBuffer datagram, int sourcePort, long nowNanos, boolean isTimeSure) {
        int at = datagram.position();
        if (datagram.remaining() < HEADER_BYTES || (datagram.get(at) & 0xC0) != 0x80) {
            strays++;
            return;
        }
        int sequence = datagram.getShort(at + 2) & 0xFFFF;
        long key = (long) sourcePort << 32 | datagram.getInt(at + 8) & 0xFFFF_FFFFL;
        CountedStream stream = streams[place(key)];
        if (stream == null) {
            stream = add(key, new CountedStream(sequence));
            steady.clear();
            allAreUp = true;
            steadySinceNanos = nowNanos + settleNanos;
        }
        long interval = stream.hear(sequence, nowNanos, isTimeSure);
        if (interval == 0) return;
        whole.add(interval, stream.isIntervalSure());
        if (allAreUp && nowNanos - steadySinceNanos >= 0) steady.add(interval, stream.isIntervalSure());
    }

    /** A call has ended: from now on not all are up. */
    void callEnded(long nowNanos) {
        if (allAreUp) steadyUntilNanos = nowNanos;
        allAreUp = false;
    }

    /** What was counted so far, but for what the reading and the sending thread know. */
    CountReport report(double longestReadMillis, long sent, long skipped, long keysPressed, long nowNanos) {
        long packets = 0;
        long lost = 0;
        long outOfOrder = 0;
        for (CountedStream stream : streams) {
            if (stream == null) continue;
            packets += stream.received();
            lost += stream.lost();
            outOfOrder += stream.outOfOrder();
        }
        return new CountReport(
                size,
                packets,
                lost,
                outOfOrder,
                strays,
                whole.pacing(),
                steady.pacing(),
                Math.max(0, ((allAreUp ? nowNanos : steadyUntilNanos) - steadySinceNanos) / 1e9),
                longestReadMillis,
                sent,
                skipped,
                keysPressed);
    }

    private CountedStream add(long key, CountedStream stream) {
        if (size * 2 >= keys.length) grow();
        int place = place(key);
        keys[place] = key;
        streams[place] = stream;
        size++;
        return stream;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable CountedStream[] oldStreams = streams;
        keys = new long[2 * oldKeys.length];
        streams = new @Nullable CountedStream[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldStreams[i] == null) continue;
            int place = place(oldKeys[i]);
            keys[place] = oldKeys[i];
            streams[place] = oldStreams[i];
        }
    }

    /** Where the stream of that key is, or would be. */
    private int place(long key) {
        int mask = keys.length - 1;
        int place = (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 40) & mask;
        while (streams[place] != null && keys[place] != key) place = place + 1 & mask;
        return place;
    }
}
