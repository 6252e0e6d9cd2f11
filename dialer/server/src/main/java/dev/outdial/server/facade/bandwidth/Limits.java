package dev.outdial.server.facade.bandwidth;

import dev.outdial.server.facade.FacadeOptions;
import dev.outdial.server.http.limit.KeyLimits;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How many requests and calls a second one user may make, where that is limited at all. <b>Threading:</b> any. */
final class Limits {
    private static final int ANY_AT_ONCE = 1_000_000;

    private final Optional<KeyLimits> calls;
    private final Optional<KeyLimits> others;
    private final String callRate;
    private final InstantSource clock;

    /** @param nanos the monotonic clock @param clock what time it is, for who has to wait */
    Limits(FacadeOptions options, LongSupplier nanos, InstantSource clock) {
        calls = limits(options, "calls", nanos);
        others = limits(options, "requests", nanos);
        callRate = options.setting("calls_per_second", "1");
        this.clock = clock;
    }

    private static Optional<KeyLimits> limits(FacadeOptions options, String what, LongSupplier nanos) {
        double perSecond = number(options, what + "_per_second", "0");
        int burst = (int) number(options, what + "_burst", "1");
        return perSecond == 0
                ? Optional.empty()
                : Optional.of(new KeyLimits(new Rate(perSecond, burst), ANY_AT_ONCE, nanos));
    }

    private static double number(FacadeOptions options, String name, String usual) {
        String text = options.setting(name, usual);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("facades.bandwidth." + name + ": '" + text + "' is no number");
        }
    }

    /** Somebody wants a call: throws where that is too many. */
    void call(String user) {
        if (calls.isPresent() && enter(calls.get(), user) > 0) {
            throw Refusal.limit(
                    "call-rate-limit",
                    "You can create " + callRate + " calls per 1 seconds calculated as the average over 10 seconds");
        }
    }

    /** Somebody wants anything else. */
    void request(String user) {
        if (others.isEmpty()) return;
        long waitSeconds = enter(others.get(), user);
        if (waitSeconds > 0) throw Refusal.tooMany(clock.millis() + waitSeconds * 1000);
    }

    private static long enter(KeyLimits limits, String user) {
        return switch (limits.enter(user)) {
            case KeyLimits.Entry.Admitted admitted -> {
                limits.leave(user);
                yield 0;
            }
            case KeyLimits.Entry.TooFast fast -> fast.retryAfterSeconds();
            case KeyLimits.Entry.TooMany many -> 1;
        };
    }
}
