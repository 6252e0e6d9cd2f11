package dev.outdial.sip.registration;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;

/**
 * One way to a registrar.
 *
 * @param registrar where the REGISTER goes
 * @param contact where we are reached from there
 */
public record Way(Hop registrar, SipUri contact) {}
