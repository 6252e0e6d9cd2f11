package dev.outdial.sip;

import dev.outdial.sip.message.SipResponse;

/**
 * One response to a REGISTER.
 *
 * @param response what the registrar said
 * @param atNanos when it came, of {@link System#nanoTime}
 */
public record RegistrarAnswer(SipResponse response, long atNanos) {}
