package dev.outdial.server.http.limit;

import dev.outdial.server.http.limit.TokenBucket.Rate;
import dev.outdial.server.http.limit.TokenBucket.Taking;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** The limits of each user, by a name of theirs. <b>Threading:</b> any; the limits are exact. */
public final class KeyLimits {
    private static final int MANY = 10_000;

    private final Rate rate;
    private final int atOnce;
    private final LongSupplier nanos;
    private final ConcurrentMap<String, Use> uses = new ConcurrentHashMap<>();

    private final AtomicLong forgottenAtNanos;

    private record Use(TokenBucket bucket, int inWork) {}

    /** @param atOnce how many may be in work together @param nanos the monotonic clock */
    public KeyLimits(Rate rate, int atOnce, LongSupplier nanos) {
        this.rate = rate;
        this.atOnce = atOnce;
        this.nanos = nanos;
        this.forgottenAtNanos = new AtomicLong(nanos.getAsLong());
    }

    /** What became of a request. */
    public sealed interface Entry {
        /** It goes on; {@link KeyLimits#leave} when it is over. */
        record Admitted() implements Entry {}

        /** Too many a second. @param retryAfterSeconds from 1 on */
        record TooFast(long retryAfterSeconds) implements Entry {}

        /** Too many together. */
        record TooMany() implements Entry {}
    }

    /** Somebody begins a request. */
    public Entry enter(String user) {
        var entry = new AtomicReference<Entry>(new Entry.TooMany());
        if (uses.size() > MANY) forget();
        uses.compute(user, (name, known) -> {
            Use use = known == null ? new Use(TokenBucket.full(nanos.getAsLong()), 0) : known;
            if (use.inWork >= atOnce) return use;
            return switch (use.bucket.take(rate, nanos.getAsLong())) {
                case Taking.Taken taken -> {
                    entry.set(new Entry.Admitted());
                    yield new Use(taken.next(), use.inWork + 1);
                }
                case Taking.Refused refused -> {
                    entry.set(new Entry.TooFast(seconds(refused.waitNanos())));
                    yield use;
                }
            };
        });
        return entry.get();
    }

    /** A request that was admitted is over. */
    public void leave(String user) {
        uses.computeIfPresent(user, (name, use) -> new Use(use.bucket, Math.max(0, use.inWork - 1)));
    }

    private static long seconds(long waitNanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return Math.max(1, (waitNanos + second - 1) / second);
    }

    /** A full bucket of somebody who is not here says nothing. Looked for once a second: they may be many. */
    private void forget() {
        long now = nanos.getAsLong();
        long last = forgottenAtNanos.get();
        if (now - last < TimeUnit.SECONDS.toNanos(1) || !forgottenAtNanos.compareAndSet(last, now)) return;
        uses.values().removeIf(use -> use.inWork == 0 && use.bucket.fullAtNanos() - now <= 0);
    }
}
