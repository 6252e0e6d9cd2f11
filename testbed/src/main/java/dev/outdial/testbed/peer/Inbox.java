package dev.outdial.testbed.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What was heard: all of it in order, and what no script has taken yet. Safe for any thread. */
final class Inbox {
    private final List<Heard> all = new ArrayList<>();
    private final List<Heard> waiting = new ArrayList<>();

    synchronized void put(Heard heard) {
        all.add(heard);
        waiting.add(heard);
        notifyAll();
    }

    synchronized List<Heard> all() {
        return List.copyOf(all);
    }

    /** The oldest untaken one that fits; what does not fit stays for later. */
    synchronized Optional<Heard> take(Predicate<Heard> fits, Duration within) {
        long deadlineNanos = System.nanoTime() + within.toNanos();
        while (true) {
            for (var heard : waiting) {
                if (!fits.test(heard)) continue;
                waiting.remove(heard);
                return Optional.of(heard);
            }
            long leftNanos = deadlineNanos - System.nanoTime();
            if (leftNanos <= 0) return Optional.empty();
            try {
                wait(leftNanos / 1_000_000, (int) (leftNanos % 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }
}
