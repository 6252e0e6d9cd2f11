package dev.outdial.dialer.call;

import dev.outdial.dialer.digits.DigitSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Makes one stream of keys of what several sources tell: the same key from another source within 150 ms is the same press. A key that
 * was held is told of at its end by the one and at its beginning by the other, so what counts is the time between the two presses,
 * not between their reports. The same source never tells of a press twice.
 *
 * <p>Nothing is held back: who tells first is believed. From then on the better source is: telephone-events (RFC 4733) beat
 * INFO, INFO beats tones, and a source that was found to repeat a better one is not listened to any more. An INFO that is lost on
 * its way and sent again comes half a second late. Pure.
 *
 * @param presses the presses that another source may still tell of, oldest first
 * @param echoes the sources that repeat a better one
 */
record DigitMerger(List<Press> presses, Set<DigitSource> echoes) {
    private static final Duration SAME = Duration.ofMillis(150);

    /** Longer ago than the longest key lasts nothing is repeated; and nobody presses that many in that time. */
    private static final Duration REMEMBERED = Duration.ofSeconds(61);

    private static final int MOST = 64;

    static final DigitMerger START = new DigitMerger(List.of(), Set.of());

    DigitMerger {
        presses = List.copyOf(presses);
        echoes = Set.copyOf(echoes);
    }

    /**
     * One press.
     *
     * @param sources who told of it
     */
    record Press(char digit, long fromNanos, long toNanos, Set<DigitSource> sources) {
        Press {
            sources = Set.copyOf(sources);
        }
    }

    /**
     * What a report comes to.
     *
     * @param isNew whether the key was pressed once more
     */
    record Heard(DigitMerger next, boolean isNew) {}

    /** A source tells that a key was released now, after that long. */
    Heard heard(char digit, int durationMillis, DigitSource source, long nowNanos) {
        if (echoes.contains(source)) {
            return new Heard(this, false);
        }
        long from = nowNanos - Duration.ofMillis(durationMillis).toNanos();
        var kept = new ArrayList<>(presses);
        kept.removeIf(press -> nowNanos - press.toNanos() > REMEMBERED.toNanos());
        for (int i = 0; i < kept.size(); i++) {
            Press press = kept.get(i);
            if (press.digit() == digit && !press.sources().contains(source) && isSame(press, from, nowNanos)) {
                Set<DigitSource> sources = with(press.sources(), source);
                kept.set(i, new Press(digit, press.fromNanos(), press.toNanos(), sources));
                return new Heard(new DigitMerger(kept, with(echoes, worst(sources))), false);
            }
        }
        kept.add(new Press(digit, from, nowNanos, Set.of(source)));
        if (kept.size() > MOST) {
            kept.removeFirst();
        }
        return new Heard(new DigitMerger(kept, echoes), true);
    }

    private static Set<DigitSource> with(Set<DigitSource> some, DigitSource one) {
        Set<DigitSource> all = EnumSet.of(one);
        all.addAll(some);
        return all;
    }

    /** The sources are declared best first. */
    private static DigitSource worst(Set<DigitSource> sources) {
        return Collections.max(sources);
    }

    /** Whether the two times are apart by no more than that. */
    private static boolean isSame(Press press, long fromNanos, long toNanos) {
        return fromNanos - press.toNanos() <= SAME.toNanos() && press.fromNanos() - toNanos <= SAME.toNanos();
    }
}
