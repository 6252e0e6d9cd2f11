package dev.outdial.dialer.ledger;

import dev.outdial.dialer.guard.NumberLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When each number was dialled, as far back as its limits go. One owner. */
final class DialledNumbers {
    private static final int MOST_NUMBERS = 100_000;

    private final Duration longest;
    private final int most;
    private final Map<String, Deque<Instant>> times = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > MOST_NUMBERS;
        }
    };

    DialledNumbers(List<NumberLimit> limits) {
        longest = limits.stream()
                .map(NumberLimit::within)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        most = limits.stream().mapToInt(NumberLimit::calls).max().orElse(0);
    }

    List<Instant> of(String number) {
        return List.copyOf(times.getOrDefault(number, new ArrayDeque<>()));
    }

    void dialled(String number, Instant now) {
        if (most == 0) {
            return;
        }
        Deque<Instant> known = times.computeIfAbsent(number, none -> new ArrayDeque<>());
        known.addLast(now);
        // What lies beyond every limit, by time or by number, decides nothing.
        while (known.size() > most || known.getFirst().isBefore(now.minus(longest))) {
            known.removeFirst();
        }
    }
}
