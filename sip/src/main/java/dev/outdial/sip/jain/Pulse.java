package dev.outdial.sip.jain;

import java.util.concurrent.TimeUnit;

/**
 * Tells from what is seen of a stack now and then whether it still works: its threads live, and what was received is read within ten seconds.
 * Mutable with one owner; reads no clock.
 */
final class Pulse {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long readBefore;
    private long readSinceNanos;

    Pulse(long nowNanos) {
        readSinceNanos = nowNanos;
    }

    /**
     * Whether it works.
     *
     * @param attended whether all its threads live
     * @param received how many datagrams were handed over so far
     * @param read how many it began to read so far
     */
    boolean beats(boolean attended, long received, long read, long nowNanos) {
        if (read >= received || read != readBefore) {
            readBefore = read;
            readSinceNanos = nowNanos;
        }
        return attended && nowNanos - readSinceNanos < LONGEST_NANOS;
    }
}
