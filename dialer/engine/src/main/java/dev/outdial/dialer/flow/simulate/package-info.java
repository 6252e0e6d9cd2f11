/** Runs a flow with no SIP: a scripted caller, virtual time, a transcript, and what of the flow was never reached. */
@NullMarked
package dev.outdial.dialer.flow.simulate;

import org.jspecify.annotations.NullMarked;
