package dev.outdial.server.calls.live;

import java.time.Instant;

/**
 * What happened to which call, and when.
 *
 * @param node the process that it happened in, where it can happen to a call of that process alone; empty for any
 */
record CallChange(String callId, Change change, Instant at, String node) {
    CallChange(String callId, Change change, Instant at) {
        this(callId, change, at, "");
    }
}
