package dev.outdial.sip.registration;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;

/**
 * A registrar, or one of several ways to it.
 *
 * @param hop where the REGISTER goes
 * @param contact where we are reached from there
 */
public record Registrar(Hop hop, SipUri contact) {}
