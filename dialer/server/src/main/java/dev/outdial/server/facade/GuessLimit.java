package dev.outdial.server.facade;

import dev.outdial.server.http.limit.TokenBucket;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import dev.outdial.server.http.limit.TokenBucket.Taking;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many wrong credentials may come from an address: those are counted, right ones are not. <b>Threading:</b> any. */
public final class GuessLimit {
    private static final Rate WRONG_ONES = new Rate(5, 20);
    private static final int MANY = 10_000;

    private final LongSupplier nanos;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    /** @param nanos a clock that never goes back */
    public GuessLimit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** For how many seconds too many came from there; 0 for not too many. */
    long waitSeconds(String address) {
        TokenBucket bucket = buckets.get(address);
        if (bucket == null) return 0;
        return bucket.take(WRONG_ONES, nanos.getAsLong()) instanceof Taking.Refused refused
                ? refused.waitNanos() / TimeUnit.SECONDS.toNanos(1) + 1
                : 0;
    }

    /** A wrong one came from there. */
    void wrong(String address) {
        long now = nanos.getAsLong();
        if (buckets.size() > MANY) buckets.values().removeIf(bucket -> bucket.fullAtNanos() - now <= 0);
        TokenBucket unused = buckets.compute(address, (name, known) -> {
            TokenBucket bucket = known == null ? TokenBucket.full(now) : known;
            return bucket.take(WRONG_ONES, now).next();
        });
    }
}
