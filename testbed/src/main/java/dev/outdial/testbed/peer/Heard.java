package dev.outdial.testbed.peer;

import dev.outdial.testbed.message.SipMessage;
import java.net.InetSocketAddress;

/**
 * A message that a {@link ScriptedPeer} received.
 *
 * @param message the message
 * @param wire how it came
 * @param source from where
 * @param atNanos when, on the monotonic clock
 */
public record Heard(SipMessage message, Wire wire, InetSocketAddress source, long atNanos) {}
