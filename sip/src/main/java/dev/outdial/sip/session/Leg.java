package dev.outdial.sip.session;

import dev.outdial.sip.dialog.DialogState;
import dev.outdial.sip.message.OutboundRequest;

/**
 * One dialog that a 2xx set up; a forked INVITE may set up several.
 *
 * @param inviteBranch which INVITE was answered
 * @param ack sent again whenever the 2xx comes again
 * @param dialog what became of it
 */
record Leg(String inviteBranch, OutboundRequest ack, DialogState dialog) {
    Leg at(DialogState next) {
        return new Leg(inviteBranch, ack, next);
    }
}
