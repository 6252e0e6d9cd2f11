package dev.outdial.testbed.trunk;

import dev.outdial.testbed.message.SipMessage;

/**
 * A SIP message that the trunk received or sent.
 *
 * @param atNanos when, on the monotonic clock
 * @param fromCaller whether the caller sent it
 * @param message the message
 */
public record TrunkMessage(long atNanos, boolean fromCaller, SipMessage message) {}
