package dev.outdial.sip.health;

import java.util.OptionalInt;

/** What a hop did with a request. */
public sealed interface TargetEvent {
    /** It answered, with anything but 503: a refusal of the callee's is a sign of life as well. */
    record Answered() implements TargetEvent {}

    /** It did not answer at all before the transaction timed out (timers B and F, RFC 3261 section 17.1). */
    record Silent() implements TargetEvent {}

    /** Nothing was sent to it after all. */
    record Untried() implements TargetEvent {}

    /**
     * The request could not be handed over: the connection was refused or broke, hands were not shaken.
     *
     * @param why one sentence
     */
    record Unreachable(String why) implements TargetEvent {}

    /**
     * It answered 503 (RFC 3261 section 21.5.4).
     *
     * @param retryAfterSeconds what it asks for
     */
    record Overloaded(OptionalInt retryAfterSeconds) implements TargetEvent {
        /** Refuses negative times. */
        public Overloaded {
            if (retryAfterSeconds.isPresent() && retryAfterSeconds.getAsInt() < 0)
                throw new IllegalArgumentException("Retry-After of " + retryAfterSeconds.getAsInt() + " s");
        }
    }
}
