package dev.outdial.dialer.call.probe;

import dev.outdial.sip.message.SipResponse;
import java.time.Instant;

/** What came of asking a hop with OPTIONS. */
sealed interface Reply {
    /**
     * It answered.
     *
     * @param millis there and back, with the answer to a challenge
     * @param at when
     */
    record Answered(SipResponse response, long millis, Instant at) implements Reply {}

    /** Nothing came in time. */
    record Silent() implements Reply {}

    /** The question could not be put. */
    record Failed(String why) implements Reply {}
}
