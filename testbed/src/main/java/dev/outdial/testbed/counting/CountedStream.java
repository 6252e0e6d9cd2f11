package dev.outdial.testbed.counting;

/** One stream as it arrives: packets, and those that are missing. <b>Threading:</b> one owner. */
final class CountedStream {
    private final int first;
    private long highest;
    private long received;
    private long outOfOrder;
    private long lastNanos;

    CountedStream(int sequence) {
        first = sequence;
        highest = sequence - 1L;
    }

    /**
     * Takes a packet.
     *
     * @return the time since the one before; 0 for the first
     */
    long hear(int sequence, long nowNanos) {
        // The shortest way round the 2^16 numbers says whether this one is ahead.
        int ahead = (short) (sequence - (int) highest);
        if (ahead > 0) highest += ahead;
        else outOfOrder++;
        long interval = received == 0 ? 0 : nowNanos - lastNanos;
        received++;
        lastNanos = nowNanos;
        return interval;
    }

    /** Packets that came. */
    long received() {
        return received;
    }

    /** Packets that came behind a later one. */
    long outOfOrder() {
        return outOfOrder;
    }

    /** Sequence numbers that never came; a packet that came twice hides one. */
    long lost() {
        return Math.max(0, highest - first + 1 - received);
    }
}
