package dev.outdial.server.calls.live;

import java.time.Instant;

/** What happened to which call, and when. */
record CallChange(String callId, Change change, Instant at) {}
