package dev.outdial.dialer.flow.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/** Time that passes at once: what is due when, and what took place. */
final class Timeline {
    private record Due(long atNanos, long order, Runnable what) {}

    // What is due at the same time takes place in the order in which it was arranged.
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::order));
    private final List<TranscriptEntry> transcript = new ArrayList<>();
    private long nowNanos;
    private long arranged;

    long nowNanos() {
        return nowNanos;
    }

    Duration now() {
        return Duration.ofNanos(nowNanos);
    }

    List<TranscriptEntry> transcript() {
        return transcript;
    }

    void note(TranscriptEvent event) {
        transcript.add(new TranscriptEntry(now(), event));
    }

    /** Arranges something for so long from now; at once where that is negative. */
    void in(Duration time, Runnable what) {
        long nanos = time.isNegative() ? 0 : time.toNanos();
        due.add(new Due(nowNanos + nanos, arranged++, what));
    }

    /** When something is due next. */
    OptionalLong nextNanos() {
        Due next = due.peek();
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.atNanos());
    }

    /** Lets time pass, backwards never. */
    void passTo(long nanos) {
        nowNanos = Math.max(nowNanos, nanos);
    }

    /** Lets time pass until something is due, which takes place. */
    void runNext() {
        Due next = due.remove();
        passTo(next.atNanos());
        next.what().run();
    }
}
