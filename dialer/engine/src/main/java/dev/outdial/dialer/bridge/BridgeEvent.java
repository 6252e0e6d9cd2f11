package dev.outdial.dialer.bridge;

import dev.outdial.dialer.outcome.CallOutcome;

/** What a listener hears of a bridge, in order; {@link Closed} comes once and last. */
public sealed interface BridgeEvent {
    /** The far ends hear each other from now on; with {@linkplain BridgeOptions#earlyMedia early media} as soon as there is any. */
    record Joined() implements BridgeEvent {}

    /**
     * A call ended, and with it the bridge; the other call goes on and hears what is played to it, or silence.
     *
     * @param callId the Call-ID of the call that ended
     * @param outcome how it ended
     */
    record CallLeft(String callId, CallOutcome outcome) implements BridgeEvent {}

    /** The bridge is over. */
    record Closed() implements BridgeEvent {}
}
