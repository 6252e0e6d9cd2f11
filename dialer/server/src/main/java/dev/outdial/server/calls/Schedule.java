package dev.outdial.server.calls;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;

/**
 * When a queued call may be dialled.
 *
 * @param notBefore not earlier than that
 * @param window only then, by the callee's own clock
 * @param priority the higher is dialled first, -100 to 100
 * @param retries how often it may be dialled anew where it comes to nothing, 0 to 20
 * @param giveUpAt not later than that; canceled then
 */
public record Schedule(
        Optional<Instant> notBefore, Optional<Window> window, int priority, int retries, Optional<Instant> giveUpAt) {
    /** At once, once. */
    public static final Schedule NOW = new Schedule(Optional.empty(), Optional.empty(), 0, 0, Optional.empty());

    /** A time of the day; {@code zone} is the callee's own, found by its number, where empty. */
    public record Window(LocalTime from, LocalTime to, Optional<String> zone) {}
}
