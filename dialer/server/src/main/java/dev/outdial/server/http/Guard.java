package dev.outdial.server.http;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.KeyService;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.http.limit.KeyLimits;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells by its access key whether a request may be made: {@code Authorization: Bearer od_...}. <b>Threading:</b> any. */
final class Guard {
    private static final Rate WRONG_KEYS = new Rate(5, 20);
    private static final String SCHEME = "bearer ";

    private final KeyService keys;
    private final InstantSource clock;
    private final KeyLimits strangers;

    Guard(KeyService keys, InstantSource clock, LongSupplier nanos) {
        this.keys = keys;
        this.clock = clock;
        this.strangers = new KeyLimits(WRONG_KEYS, Integer.MAX_VALUE, nanos);
    }

    /** The key of a request, which is good for that scope. @param address from where it comes */
    AccessKeyRecord admit(Optional<String> authorization, String address, Scope scope) throws ProblemException {
        Optional<AccessKeyRecord> key = authorization.flatMap(Guard::bearer).flatMap(this::known);
        boolean good = key.filter(this::isInTime).isPresent()
                && Networks.contain(key.get().networks(), address);
        if (!good) throw refused(address);
        if (!key.get().scope().covers(scope))
            throw new ProblemException(403, "scope", "this needs an access key with the scope " + scope.word());
        return key.get();
    }

    /** Whether a key that was admitted would be again: it is not deleted, nor its account disabled, nor has its time come. */
    boolean isStillGood(AccessKeyRecord key) {
        return isInTime(key)
                && keys.find(key.prefix())
                        .filter(held -> held.key().id().equals(key.id()))
                        .isPresent();
    }

    private boolean isInTime(AccessKeyRecord key) {
        return key.expires().map(clock.instant()::isBefore).orElse(true);
    }

    private static Optional<AccessKey> bearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? AccessKey.parse(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private Optional<AccessKeyRecord> known(AccessKey key) {
        return keys.find(key.prefix()).filter(held -> key.hasHash(held.hash())).map(KeyService.Held::key);
    }

    /** Whatever was wrong with it, the answer is the same; who tries many has to wait. */
    private ProblemException refused(String address) {
        KeyLimits.Entry entry = strangers.enter(address);
        if (entry instanceof KeyLimits.Entry.Admitted) strangers.leave(address);
        return entry instanceof KeyLimits.Entry.TooFast fast
                ? new ProblemException(
                        429,
                        "too_many_wrong_keys",
                        "too many requests without a valid access key",
                        Map.of("Retry-After", Long.toString(fast.retryAfterSeconds())))
                : new ProblemException(
                        401,
                        "no_valid_key",
                        "an access key is needed: Authorization: Bearer od_...",
                        Map.of("WWW-Authenticate", "Bearer"));
    }
}
