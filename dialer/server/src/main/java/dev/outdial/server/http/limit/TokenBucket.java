package dev.outdial.server.http.limit;

import java.util.concurrent.TimeUnit;

/**
 * Lets through so many at once and so many a second after that. A value: each taking makes the next one.
 *
 * @param fullAtNanos when it will be full again, on the monotonic clock: all else follows from it
 */
public record TokenBucket(long fullAtNanos) {
    /** @param perSecond greater than 0 @param burst how many at once, from 1 on */
    public record Rate(double perSecond, int burst) {
        /** Checks the parts. */
        public Rate {
            if (!(perSecond > 0) || perSecond > 1e6 || burst < 1)
                throw new IllegalArgumentException("rate " + perSecond + " a second, " + burst + " at once");
        }

        long nanosEach() {
            return Math.max(1, Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond));
        }
    }

    /** What became of a wish. */
    public sealed interface Taking {
        TokenBucket next();

        /** It may go on. */
        record Taken(TokenBucket next) implements Taking {}

        /** Not yet. @param waitNanos after how long it makes sense to ask again */
        record Refused(TokenBucket next, long waitNanos) implements Taking {}
    }

    /** A full one. */
    public static TokenBucket full(long nowNanos) {
        return new TokenBucket(nowNanos);
    }

    /** Takes one. */
    public Taking take(Rate rate, long nowNanos) {
        long from = fullAtNanos - nowNanos > 0 ? fullAtNanos : nowNanos;
        long next = from + rate.nanosEach();
        long tooMuch = next - nowNanos - rate.nanosEach() * rate.burst();
        return tooMuch > 0 ? new Taking.Refused(this, tooMuch) : new Taking.Taken(new TokenBucket(next));
    }
}
