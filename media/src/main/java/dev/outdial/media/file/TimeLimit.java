package dev.outdial.media.file;

import java.util.function.LongSupplier;

/** The time that one decode may take, counted only while it is at work: who reads slowly does not use it up. */
final class TimeLimit {
    private final LongSupplier nanoClock;
    private long leftNanos;
    private long since;
    private boolean running;

    TimeLimit(long nanos, LongSupplier nanoClock) {
        this.leftNanos = nanos;
        this.nanoClock = nanoClock;
    }

    void start() {
        since = nanoClock.getAsLong();
        running = true;
    }

    void stop() {
        leftNanos -= nanoClock.getAsLong() - since;
        running = false;
    }

    boolean passed() {
        return leftNanos < (running ? nanoClock.getAsLong() - since : 0);
    }
}
