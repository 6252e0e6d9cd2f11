package dev.outdial.sip.dns;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Remembers answers for as long as they hold; bounded. Where a name server fails, an answer that held until at most an hour ago is
 * better than none (RFC 8767). Time is an argument. <b>Threading:</b> any thread.
 */
final class AnswerCache {
    static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(1);
    /** A failure, and a negative answer that does not say how long it holds. */
    static final long NEGATIVE_NANOS = TimeUnit.SECONDS.toNanos(5);

    static final long LONGEST_NEGATIVE_NANOS = TimeUnit.MINUTES.toNanos(5);
    static final long STALE_NANOS = TimeUnit.HOURS.toNanos(1);
    /** How long a stale answer is used before the name server is asked again (RFC 8767 section 5). */
    static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final int MOST_ENTRIES = 2_000;

    private record Remembered(Answer answer, long freshUntilNanos, long usableUntilNanos) {}

    private final Map<Question, Remembered> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Remembered> eldest) {
            return size() > MOST_ENTRIES;
        }
    };

    /** What holds now. */
    synchronized Optional<Answer> fresh(Question question, long nowNanos) {
        @Nullable Remembered entry = entries.get(question);
        return entry != null && nowNanos - entry.freshUntilNanos() < 0 ? Optional.of(entry.answer()) : Optional.empty();
    }

    /**
     * Takes a new answer.
     *
     * @return what to go by: the answer, or what was known before where the new answer is a failure
     */
    synchronized Answer learn(Question question, Answer answer, long nowNanos) {
        @Nullable Remembered before = entries.get(question);
        if (answer instanceof Answer.Failed
                && before != null
                && before.answer() instanceof Answer.Found
                && nowNanos - before.usableUntilNanos() < 0) {
            entries.put(question, new Remembered(before.answer(), nowNanos + RETRY_NANOS, before.usableUntilNanos()));
            return before.answer();
        }
        long freshUntilNanos = nowNanos + holdsNanos(answer);
        entries.put(question, new Remembered(answer, freshUntilNanos, freshUntilNanos + STALE_NANOS));
        return answer;
    }

    private static long holdsNanos(Answer answer) {
        return switch (answer) {
            case Answer.Found found -> within(SHORTEST_NANOS, found.ttlSeconds(), LONGEST_NANOS);
            case Answer.Nothing nothing -> within(NEGATIVE_NANOS, nothing.ttlSeconds(), LONGEST_NEGATIVE_NANOS);
            case Answer.Failed failed -> NEGATIVE_NANOS;
        };
    }

    private static long within(long least, long seconds, long most) {
        return Math.max(least, Math.min(most, TimeUnit.SECONDS.toNanos(seconds)));
    }
}
