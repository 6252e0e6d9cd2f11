package dev.outdial.sip.session;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;

/**
 * One way to whom is called.
 *
 * @param hop where the INVITE goes
 * @param contact where the far end reaches us, when that way is taken
 */
public record Way(Hop hop, SipUri contact) {}
