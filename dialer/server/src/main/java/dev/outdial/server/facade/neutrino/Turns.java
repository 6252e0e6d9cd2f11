package dev.outdial.server.facade.neutrino;

import dev.outdial.server.http.limit.TokenBucket;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import dev.outdial.server.http.limit.TokenBucket.Taking;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * When each request of a user begins: so many at once, so many a second after that, in the order in which they came, those in excess
 * later; and no more than some together, those that wait among them. <b>Threading:</b> any; exact.
 */
final class Turns {
    private final Rate rate;
    private final int together;
    private final Duration longestWait;
    private final LongSupplier nanos;
    /** Users that are known, and so not many. */
    private final ConcurrentMap<String, Use> uses = new ConcurrentHashMap<>();

    private record Use(TokenBucket bucket, int inWork) {}

    /** @param together how many may be in work or wait @param nanos the monotonic clock */
    Turns(Rate rate, int together, Duration longestWait, LongSupplier nanos) {
        this.rate = rate;
        this.together = together;
        this.longestWait = longestWait;
        this.nanos = nanos;
    }

    /** What becomes of a request. */
    sealed interface Turn {
        /** It begins after so long; {@link Turns#leave} when it is over. */
        record After(long waitNanos) implements Turn {}

        /** Too many are in work. */
        record TooMany() implements Turn {}

        /** It would have to wait for too long, and has not entered. */
        record TooLong() implements Turn {}
    }

    /** Somebody begins a request. */
    Turn enter(String user) {
        var turn = new AtomicReference<Turn>(new Turn.TooMany());
        uses.compute(user, (name, known) -> {
            long now = nanos.getAsLong();
            Use use = known == null ? new Use(TokenBucket.full(now), 0) : known;
            if (use.inWork >= together) return use;
            long wait = use.bucket.take(rate, now) instanceof Taking.Refused refused ? refused.waitNanos() : 0;
            Taking taking = use.bucket.take(rate, now + wait);
            if (wait > longestWait.toNanos() || !(taking instanceof Taking.Taken)) {
                turn.set(new Turn.TooLong());
                return use;
            }
            turn.set(new Turn.After(wait));
            return new Use(taking.next(), use.inWork + 1);
        });
        return turn.get();
    }

    /** A request that entered is over. */
    void leave(String user) {
        uses.computeIfPresent(user, (name, use) -> new Use(use.bucket, Math.max(0, use.inWork - 1)));
    }
}
