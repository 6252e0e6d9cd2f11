package dev.outdial.server.dashboard;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.KeyService;
import dev.outdial.server.http.Networks;
import dev.outdial.server.http.limit.KeyLimits;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Who has signed in, in memory: a restart signs everybody out, and so does the end of the key. <b>Threading:</b> any.
 */
final class Sessions {
    private static final Duration IDLE = Duration.ofHours(12);
    private static final int MOST = 1_000;
    private static final Rate WRONG_KEYS = new Rate(5, 20);

    private final KeyService keys;
    private final RandomGenerator random;
    private final KeyLimits strangers;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    private record Session(String prefix, String hash, String csrf, ZoneId zone, Instant seen) {
        Session seenAt(Instant now) {
            return new Session(prefix, hash, csrf, zone, now);
        }
    }

    /** What came of signing in. */
    sealed interface Entry {
        /** @param token what the browser shows from then on; told here alone */
        record Opened(String token) implements Entry {}

        /** No such key, or not from there, or not any more. */
        record Refused() implements Entry {}

        /** Too many wrong ones came from there. */
        record TooMany(long retryAfterSeconds) implements Entry {}
    }

    /**
     * @param random a secure source
     * @param nanos a clock that never goes back
     */
    Sessions(KeyService keys, RandomGenerator random, LongSupplier nanos) {
        this.keys = keys;
        this.random = random;
        this.strangers = new KeyLimits(WRONG_KEYS, Integer.MAX_VALUE, nanos);
    }

    /** Signs in. @param address from where; who tries many wrong keys has to wait */
    Entry open(String typed, ZoneId zone, String address, Instant now) {
        Optional<AccessKey> key = AccessKey.parse(typed);
        boolean isGood = key.flatMap(one -> known(one.prefix(), one.hash(), address, now))
                .isPresent();
        if (!isGood) return refused(address);
        if (sessions.size() >= MOST) forgetOldest();
        String token = AccessKey.signs(random, AccessKey.SECRET_SIGNS);
        sessions.put(
                token,
                new Session(
                        key.orElseThrow().prefix(),
                        key.orElseThrow().hash(),
                        AccessKey.signs(random, AccessKey.SECRET_SIGNS),
                        zone,
                        now));
        return new Entry.Opened(token);
    }

    private Entry refused(String address) {
        KeyLimits.Entry entry = strangers.enter(address);
        if (entry instanceof KeyLimits.Entry.Admitted) strangers.leave(address);
        return entry instanceof KeyLimits.Entry.TooFast fast
                ? new Entry.TooMany(fast.retryAfterSeconds())
                : new Entry.Refused();
    }

    private void forgetOldest() {
        sessions.entrySet().stream()
                .min(Comparator.comparing(entry -> entry.getValue().seen()))
                .ifPresent(oldest -> sessions.remove(oldest.getKey()));
    }

    /** Whose session that is; empty where it is none, was idle for long, or its key is not good any more. */
    Optional<Viewer> find(String token, String address, Instant now) {
        Session session = sessions.get(token);
        if (session == null) return Optional.empty();
        boolean isIdle = session.seen().plus(IDLE).isBefore(now);
        Optional<AccessKeyRecord> key =
                isIdle ? Optional.empty() : known(session.prefix(), session.hash(), address, now);
        if (key.isEmpty()) {
            close(token);
            return Optional.empty();
        }
        Session unused = sessions.computeIfPresent(token, (name, known) -> known.seenAt(now));
        return key.map(one -> new Viewer(one, session.csrf(), session.zone(), now));
    }

    private Optional<AccessKeyRecord> known(String prefix, String hash, String address, Instant now) {
        return keys.find(prefix)
                .filter(held -> Csrf.same(held.hash(), hash))
                .map(KeyService.Held::key)
                .filter(key -> key.expires().map(now::isBefore).orElse(true))
                .filter(key -> Networks.contain(key.networks(), address));
    }

    /** Signs out. */
    void close(String token) {
        Session unused = sessions.remove(token);
    }
}
