package dev.outdial.sip.session;

import java.util.OptionalLong;

/** What one try to reach a hop says of its health. */
public sealed interface HopHealth {
    /** Something came back that shows it at work. */
    record Answered() implements HopHealth {}

    /** Nothing came back, or nothing could be sent to it. */
    record Silent() implements HopHealth {}

    /** Nothing was sent to it after all: whoever was to find out how it does has not. */
    record Untried() implements HopHealth {}

    /**
     * It takes no calls at present (503).
     *
     * @param retryAfterSeconds how long it asks to be left alone
     */
    record Refused(OptionalLong retryAfterSeconds) implements HopHealth {}
}
