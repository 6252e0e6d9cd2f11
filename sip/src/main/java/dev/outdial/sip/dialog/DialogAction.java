package dev.outdial.sip.dialog;

import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipAnswer;

/** What a {@link DialogMachine} wants done. */
public sealed interface DialogAction {
    /** Send this. */
    record Send(OutboundRequest request) implements DialogAction {}

    /** Answer the request with that key. */
    record Reply(long key, SipAnswer answer) implements DialogAction {}

    /** The request with that key is not answered any more: forget it. */
    record Release(long key) implements DialogAction {}

    /** Tell the user. */
    record Tell(SessionEvent event) implements DialogAction {}
}
