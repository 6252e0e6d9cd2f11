package dev.outdial.testbed.counting;

/** One stream as it arrives: packets, and those that are missing. <b>Threading:</b> one owner. */
final class CountedStream {
    private final int first;
    private long highest;
    private long received;
    private long outOfOrder;
    private long lastNanos;
    private boolean isLastSure;
    private boolean isIntervalSure;

    CountedStream(int sequence) {
        first = sequence;
        highest = sequence - 1L;
    }

    /**
     * Takes a packet.
     *
     * @param isTimeSure whether it came at that time, and not up to a while before
     * @return the time since the one before; 0 for the first
     */
    long hear(int sequence, long nowNanos, boolean isTimeSure) {
        // The shortest way round the 2^16 numbers says whether this one is ahead.
        int ahead = (short) (sequence - (int) highest);
        if (ahead > 0) highest += ahead;
        else outOfOrder++;
        long interval = received == 0 ? 0 : nowNanos - lastNanos;
        received++;
        lastNanos = nowNanos;
        isIntervalSure = isLastSure && isTimeSure;
        isLastSure = isTimeSure;
        return interval;
    }

    /** Whether the times of both packets of the interval told last were sure. */
    boolean isIntervalSure() {
        return isIntervalSure;
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
